package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One event's time before and after.
 *
 * @param stored the naive time in the old column
 * @param instant the instant it means
 * @since 0.1.0
 */
public record SampleConversion(LocalDateTime stored, Instant instant) {

	@Override
	public String toString() {
		return this.stored.toString().replace('T', ' ') + " -> " + this.instant;
	}

}
