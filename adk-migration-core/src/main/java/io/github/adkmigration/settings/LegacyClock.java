package io.github.adkmigration.settings;

import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the clock of the processes that wrote times without a zone.
 *
 * @param timeZone zone of the writer, or {@code null} if only the rows can tell
 * @param utcSince instant from which rows were written in UTC (adk-python 2.7.0 and
 * newer), or {@code null}
 * @param confirmed whether {@code timeZone} is used even though the rows contradict it
 * @since 0.1.0
 */
public record LegacyClock(@Nullable ZoneId timeZone, @Nullable Instant utcSince, boolean confirmed) {

	/**
	 * Return a clock of which nothing is known.
	 * @return an empty clock
	 */
	public static LegacyClock unknown() {
		return new LegacyClock(null, null, false);
	}

	/**
	 * Return the clock of a writer in a zone.
	 * @param zone the zone
	 * @return the clock
	 */
	public static LegacyClock in(ZoneId zone) {
		return new LegacyClock(zone, null, false);
	}

}
