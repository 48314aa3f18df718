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

	static Duration toDuration(String seconds) {
		return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
	}

}
