package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;

/**
 * Instants and durations as decimal seconds, which is how Python writes them.
 */
final class EpochSeconds {

	// adk-js writes milliseconds; as seconds such a number would lie in the year 5138.
	private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

	private static final int MICROS = 6;

	private static final long[] POWERS = { 1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
			1_000_000_000 };

	private static final int DIGITS_OF_LONG = 18;

	private EpochSeconds() {
	}

	/**
	 * Return a JSON number of seconds with as many digits as the instant has, at least
	 * one, so that Python reads a float.
	 */
	static DecimalNode of(Instant instant) {
		BigDecimal seconds = of(Duration.between(Instant.EPOCH, instant));
		return DecimalNode.valueOf(seconds.scale() < 1 ? seconds.setScale(1) : seconds);
	}

	static BigDecimal of(Duration duration) {
		BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
			.add(BigDecimal.valueOf(duration.getNano(), 9))
			.stripTrailingZeros();
		return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
	}

	/**
	 * Return the instant of a number of seconds since 1970, cut to microseconds.
	 */
	static Instant toInstant(JsonNode number) {
		return toInstant(number.decimalValue());
	}

	static Instant toInstant(BigDecimal value) {
		BigDecimal seconds = value.compareTo(FIRST_MILLISECONDS) < 0 ? value : value.movePointLeft(3);
		// A double near today's time is good to a quarter of a microsecond, so the
		// seventh
		// digit is noise and may stand just below the microsecond that was meant.
		return Instant.EPOCH.plus(seconds.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact(),
				ChronoUnit.MICROS);
	}

	/**
	 * Return the millisecond of {@link #toInstant(BigDecimal)}, without the detour of a
	 * decimal for a number as the writers of events write it.
	 * @param seconds a JSON number
	 */
	static long toMillis(String seconds) {
		int point = seconds.indexOf('.');
		int scale = point < 0 ? 0 : seconds.length() - 1 - point;
		long digits = digits(seconds, point);
		if (digits < 0 || scale >= POWERS.length || digits / POWERS[scale] >= FIRST_MILLISECONDS.longValue()) {
			return toInstant(new BigDecimal(seconds)).toEpochMilli();
		}
		if (scale <= MICROS) {
			return digits * POWERS[MICROS - scale] / 1000;
		}
		long unit = POWERS[scale - MICROS];
		long micros = digits / unit;
		long twice = digits % unit * 2;
		boolean up = twice > unit || twice == unit && micros % 2 == 1;
		return (up ? micros + 1 : micros) / 1000;
	}

	/**
	 * Return the digits of a number without its point, or -1 if there is something else,
	 * or more than a long holds.
	 */
	private static long digits(String number, int point) {
		if (number.length() > DIGITS_OF_LONG) {
			return -1;
		}
		long digits = 0;
		for (int i = 0; i < number.length(); i++) {
			if (i != point) {
				int digit = number.charAt(i) - '0';
				if (digit < 0 || digit > 9) {
					return -1;
				}
				digits = digits * 10 + digit;
			}
		}
		return digits;
	}

	static Duration toDuration(String seconds) {
		return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
	}

}
