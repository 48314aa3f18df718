package io.github.adkmigration.convert;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Spells a time as adk-python's own writer does in a text column.
 */
final class ColumnTimes {

	private static final int MICROS = 1_000_000;

	private ColumnTimes() {
	}

	/**
	 * Return {@code YYYY-MM-DD HH:MM:SS.ffffff}, always with six digits.
	 * @param micros microseconds since 1970
	 */
	static String text(long micros) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), 0, ZoneOffset.UTC);
		StringBuilder text = new StringBuilder(26);
		digits(text, time.getYear(), 4);
		digits(text.append('-'), time.getMonthValue(), 2);
		digits(text.append('-'), time.getDayOfMonth(), 2);
		digits(text.append(' '), time.getHour(), 2);
		digits(text.append(':'), time.getMinute(), 2);
		digits(text.append(':'), time.getSecond(), 2);
		digits(text.append('.'), Math.floorMod(micros, MICROS), 6);
		return text.toString();
	}

	private static void digits(StringBuilder text, int value, int width) {
		int limit = 10;
		for (int i = 1; i < width; i++) {
			if (value < limit) {
				text.append("0".repeat(width - i));
				break;
			}
			limit *= 10;
		}
		text.append(value);
	}

}
