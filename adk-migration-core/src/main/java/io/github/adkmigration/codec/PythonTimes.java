package io.github.adkmigration.codec;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Pickled values of Python's {@code datetime} module as ISO 8601, the way pydantic writes
 * them.
 */
final class PythonTimes {

	private static final int SECONDS_PER_DAY = 86_400;

	private static final int DAYS_PER_YEAR = 365;

	private PythonTimes() {
	}

	static @Nullable String dateTime(PickleSequence arguments) {
		byte[] packed = packed(arguments, 10);
		if (packed == null) {
			return null;
		}
		boolean second = (packed[2] & 0x80) != 0;
		LocalDateTime local = local(packed);
		StringBuilder text = date(local.getYear(), local.getMonthValue(), local.getDayOfMonth()).append('T');
		time(text, local.getHour(), local.getMinute(), local.getSecond(), local.getNano() / 1000);
		if (arguments.size() > 1) {
			offset(text, offsetSeconds(arguments.get(1), local, second));
		}
		return text.toString();
	}

	private static LocalDateTime local(byte[] packed) {
		int year = unsigned(packed, 0) << 8 | unsigned(packed, 1);
		int micros = unsigned(packed, 7) << 16 | unsigned(packed, 8) << 8 | unsigned(packed, 9);
		try {
			return LocalDateTime.of(year, packed[2] & 0x7F, packed[3], packed[4], packed[5], packed[6], micros * 1000);
		}
		catch (DateTimeException ex) {
			throw impossible();
		}
	}

	static @Nullable String date(PickleSequence arguments) {
		byte[] packed = packed(arguments, 4);
		if (packed == null) {
			return null;
		}
		return date(unsigned(packed, 0) << 8 | unsigned(packed, 1), packed[2], packed[3]).toString();
	}

	static @Nullable String time(PickleSequence arguments) {
		byte[] packed = packed(arguments, 6);
		if (packed == null) {
			return null;
		}
		StringBuilder text = new StringBuilder(24);
		int micros = unsigned(packed, 3) << 16 | unsigned(packed, 4) << 8 | unsigned(packed, 5);
		time(text, packed[0] & 0x7F, packed[1], packed[2], micros);
		if (arguments.size() > 1) {
			offset(text, offsetSeconds(arguments.get(1), null, false));
		}
		return text.toString();
	}

	static @Nullable String timedelta(PickleSequence arguments) {
		List<PickleInt> parts = Arguments.integers(arguments, 3);
		if (parts == null) {
			return null;
		}
		long seconds = parts.get(0).value() * SECONDS_PER_DAY + parts.get(1).value();
		int micros = (int) parts.get(2).value();
		boolean negative = seconds < 0;
		if (negative) {
			seconds = (micros > 0) ? -(seconds + 1) : -seconds;
			micros = (micros > 0) ? 1_000_000 - micros : 0;
		}
		return duration(negative, seconds, micros);
	}

	private static String duration(boolean negative, long total, int micros) {
		StringBuilder text = new StringBuilder(negative ? "-P" : "P");
		long days = total / SECONDS_PER_DAY;
		unit(text, days / DAYS_PER_YEAR, 'Y');
		unit(text, days % DAYS_PER_YEAR, 'D');
		long rest = total % SECONDS_PER_DAY;
		if (rest > 0 || micros > 0 || days == 0) {
			text.append('T');
			unit(text, rest / 3600, 'H');
			unit(text, rest / 60 % 60, 'M');
			long seconds = rest % 60;
			if (micros > 0) {
				text.append(seconds).append('.');
				PythonNumbers.appendFraction(text, micros);
				text.append('S');
			}
			else if (seconds > 0 || total == 0) {
				text.append(seconds).append('S');
			}
		}
		return text.toString();
	}

	/**
	 * Return what Python calls an offset from UTC.
	 * @return for example {@code UTC+05:30}
	 */
	static @Nullable String timezone(PickleSequence arguments) {
		if (arguments.size() > 1) {
			return Arguments.text(arguments, 1);
		}
		Integer seconds = fixedOffset(arguments);
		if (seconds == null) {
			return null;
		}
		StringBuilder text = new StringBuilder("UTC");
		if (seconds != 0) {
			hoursAndMinutes(text, seconds);
			int odd = Math.abs(seconds) % 60;
			if (odd != 0) {
				text.append(':');
				twoDigits(text, odd);
			}
		}
		return text.toString();
	}

	private static @Nullable Integer fixedOffset(PickleSequence arguments) {
		if (arguments.size() == 0 || !(arguments.get(0) instanceof PickleObject delta)) {
			return null;
		}
		List<PickleInt> parts = Arguments.integers(delta.arguments(), 3);
		return (parts != null) ? (int) (parts.get(0).value() * SECONDS_PER_DAY + parts.get(1).value()) : null;
	}

	/**
	 * Find the offset of a zone object.
	 * @param local the local time; {@code null} for a time without a date, which has no
	 * offset in a zone with rules
	 * @param second whether the second of two equal local times is meant
	 */
	private static @Nullable Integer offsetSeconds(PickleValue zone, @Nullable LocalDateTime local, boolean second) {
		if (!(zone instanceof PickleObject object)) {
			return null;
		}
		PythonType type = PythonType.of(object);
		return switch (type.qualifiedName()) {
			case "datetime.timezone" -> fixedOffset(type.arguments());
			case "pydantic_core._pydantic_core.TzInfo" -> firstInteger(type.arguments(), 0);
			case "pytz._UTC", "dateutil.tz.tz.tzutc" -> 0;
			case "pytz._p" -> firstInteger(type.arguments(), 1);
			case "zoneinfo.ZoneInfo" -> (local != null) ? regional(type.arguments(), local, second) : null;
			default -> null;
		};
	}

	private static @Nullable Integer firstInteger(PickleSequence arguments, int index) {
		return (arguments.size() > index && arguments.get(index) instanceof PickleInt value) ? (int) value.value()
				: null;
	}

	private static @Nullable Integer regional(PickleSequence arguments, LocalDateTime local, boolean second) {
		String key = Arguments.text(arguments, 0);
		if (key == null) {
			return null;
		}
		try {
			List<ZoneOffset> offsets = ZoneId.of(key).getRules().getValidOffsets(local);
			if (offsets.isEmpty()) {
				var gap = ZoneId.of(key).getRules().getTransition(local);
				return (second ? gap.getOffsetAfter() : gap.getOffsetBefore()).getTotalSeconds();
			}
			return offsets.get(second ? offsets.size() - 1 : 0).getTotalSeconds();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static byte @Nullable [] packed(PickleSequence arguments, int size) {
		byte[] bytes = (arguments.size() > 0) ? Arguments.bytes(arguments.get(0)) : null;
		return (bytes != null && bytes.length == size) ? bytes : null;
	}

	private static int unsigned(byte[] bytes, int index) {
		return bytes[index] & 0xFF;
	}

	private static StringBuilder date(int year, int month, int day) {
		if (month < 1 || month > 12 || day < 1 || day > 31) {
			throw impossible();
		}
		StringBuilder text = new StringBuilder(32);
		twoDigits(text, year / 100);
		twoDigits(text, year % 100);
		twoDigits(text.append('-'), month);
		twoDigits(text.append('-'), day);
		return text;
	}

	private static void time(StringBuilder text, int hour, int minute, int second, int micros) {
		if (hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || micros > 999_999) {
			throw impossible();
		}
		twoDigits(text, hour);
		twoDigits(text.append(':'), minute);
		twoDigits(text.append(':'), second);
		if (micros > 0) {
			text.append('.').append(Integer.toString(1_000_000 + micros), 1, 7);
		}
	}

	private static void offset(StringBuilder text, @Nullable Integer seconds) {
		if (seconds == null) {
			return;
		}
		if (seconds == 0) {
			text.append('Z');
		}
		else {
			hoursAndMinutes(text, seconds);
		}
	}

	private static void hoursAndMinutes(StringBuilder text, int seconds) {
		int minutes = Math.abs(seconds) / 60;
		text.append((seconds < 0) ? '-' : '+');
		twoDigits(text, minutes / 60);
		twoDigits(text.append(':'), minutes % 60);
	}

	private static void unit(StringBuilder text, long amount, char letter) {
		if (amount > 0) {
			text.append(amount).append(letter);
		}
	}

	private static void twoDigits(StringBuilder text, int number) {
		text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
	}

	private static UnconvertibleEventException impossible() {
		return new UnconvertibleEventException(UnconvertibleReason.BROKEN_PICKLE, "A date or time does not exist.");
	}

	static @Nullable String zoneKey(PickleSequence arguments) {
		return (arguments.size() > 0 && arguments.get(0) instanceof PickleText key) ? key.toString() : null;
	}

}
