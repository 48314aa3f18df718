package io.github.adkmigration.clock;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads the forms in which SQLite files hold a time. A time is microseconds since
 * 1970-01-01T00:00: of the instant where the form has one, else of the wall clock as if
 * it stood in UTC.
 *
 * @since 0.1.0
 */
public final class StoredTimes {

	/** Returned for a text that is not a time of the wanted form. */
	public static final long NONE = Long.MIN_VALUE;

	private static final long SECOND = 1_000_000L;

	/** From here on a number is not seconds, but the milliseconds of adk-js. */
	public static final double FIRST_MILLISECONDS = 1e11;

	/** Seconds of 0001-01-01. */
	private static final double EARLIEST = -62_135_596_800.0;

	/** Milliseconds of 10000-01-01. */
	private static final double LATEST_MILLISECONDS = 253_402_300_800_000.0;

	private static final int DATE_AND_TIME = 19;

	private StoredTimes() {
	}

	/**
	 * Read a wall-clock time, {@code YYYY-MM-DD HH:MM:SS[.f]} with a space or a {@code T}
	 * and up to nine digits of fraction, of which six count.
	 * @param text the text
	 * @return wall-clock microseconds, or {@link #NONE} for anything else, also for a
	 * text with an offset
	 */
	public static long wallMicros(String text) {
		return fractionEnd(text) == text.length() ? seconds(text, text.length()) : NONE;
	}

	/**
	 * Read a time that names its offset, as adk-go writes it: the same text followed by
	 * {@code Z}, {@code +HH:MM}, {@code +HHMM} or {@code +HH:MM:SS}, a space before it
	 * allowed.
	 * @param text the text
	 * @return microseconds of the instant, or {@link #NONE} for anything else
	 */
	public static long instantMicros(String text) {
		int end = fractionEnd(text);
		long wall = seconds(text, end);
		if (wall == NONE || end == text.length()) {
			return NONE;
		}
		String offset = text.substring(end).strip();
		if (offset.equals("Z")) {
			return wall;
		}
		int space = offset.indexOf(' ');
		String digits = (space < 0 ? offset : offset.substring(0, space)).replace(":", "");
		if (!digits.matches("[+-]\\d{4}(\\d\\d)?")) {
			return NONE;
		}
		long seconds = digits(digits, 1, 3) * 3600L + digits(digits, 3, 5) * 60L
				+ (digits.length() > 5 ? digits(digits, 5, 7) : 0);
		return digits.charAt(0) == '-' ? wall + seconds * SECOND : wall - seconds * SECOND;
	}

	/**
	 * Read a number, as SqliteSessionService (epoch seconds) and adk-js (epoch
	 * milliseconds) write it.
	 * @param number seconds when below 1e11, else milliseconds
	 * @return microseconds of the instant, or {@link #NONE} for NaN and for what lies
	 * before the year 1 or behind the year 9999
	 */
	public static long instantMicros(double number) {
		if (!(number >= EARLIEST && number < LATEST_MILLISECONDS)) {
			return NONE;
		}
		return number < FIRST_MILLISECONDS ? secondsMicros(number) : Math.round(number * 1e3);
	}

	/**
	 * Return seconds as Python's {@code datetime.fromtimestamp} does: only the fraction
	 * is multiplied, and rounded half to even. A product of the whole would be off by a
	 * microsecond now and then.
	 */
	private static long secondsMicros(double seconds) {
		double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
		return (long) whole * SECOND + (long) Math.rint((seconds - whole) * 1e6);
	}

	/**
	 * Return {@code YYYY-MM-DD HH:MM:SS.ffffff}, always with six digits, as adk-python
	 * writes a time into a text column.
	 * @param micros microseconds since 1970, of the years 0 to 9999
	 * @return 26 characters
	 */
	public static String text(long micros) {
		LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, SECOND), 0, ZoneOffset.UTC);
		StringBuilder text = new StringBuilder(26);
		append(text, time.getYear(), 4);
		append(text.append('-'), time.getMonthValue(), 2);
		append(text.append('-'), time.getDayOfMonth(), 2);
		append(text.append(' '), time.getHour(), 2);
		append(text.append(':'), time.getMinute(), 2);
		append(text.append(':'), time.getSecond(), 2);
		append(text.append('.'), (int) Math.floorMod(micros, SECOND), 6);
		return text.toString();
	}

	private static void append(StringBuilder text, int value, int width) {
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

	private static int fractionEnd(String text) {
		int length = text.length();
		if (length <= DATE_AND_TIME || text.charAt(DATE_AND_TIME) != '.') {
			return Math.min(length, DATE_AND_TIME);
		}
		int end = DATE_AND_TIME + 1;
		while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
			end++;
		}
		return end;
	}

	private static long seconds(String text, int end) {
		if (end < DATE_AND_TIME || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(13) != ':'
				|| text.charAt(16) != ':' || (text.charAt(10) != ' ' && text.charAt(10) != 'T')) {
			return NONE;
		}
		int year = digits(text, 0, 4);
		int month = digits(text, 5, 7);
		int day = digits(text, 8, 10);
		int hour = digits(text, 11, 13);
		int minute = digits(text, 14, 16);
		int second = digits(text, 17, 19);
		if (year < 1 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59
				|| second < 0 || second > 59 || day > lastDay(year, month)) {
			return NONE;
		}
		int micros = 0;
		if (end > DATE_AND_TIME) {
			int fractionDigits = end - DATE_AND_TIME - 1;
			if (fractionDigits < 1 || fractionDigits > 9) {
				return NONE;
			}
			for (int i = 0; i < 6; i++) {
				micros = micros * 10 + (i < fractionDigits ? text.charAt(DATE_AND_TIME + 1 + i) - '0' : 0);
			}
		}
		return (epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second) * SECOND + micros;
	}

	private static int lastDay(int year, int month) {
		return switch (month) {
			case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
			case 4, 6, 9, 11 -> 30;
			default -> 31;
		};
	}

	/** Counts from March, so that the leap day is the last of its year. */
	private static long epochDay(int year, int month, int day) {
		int y = month <= 2 ? year - 1 : year;
		int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
		return y * 365L + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468L;
	}

	private static int digits(String text, int from, int to) {
		int value = 0;
		for (int i = from; i < to; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			value = value * 10 + digit;
		}
		return value;
	}

}
