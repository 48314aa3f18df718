package io.github.adkmigration.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/**
 * How the times of old events will be read.
 *
 * @param zone the zone and where it is known from, a phrase; {@code unknown} if it is not
 * @param offsets the offsets that the rows show, in order, each a phrase; may be empty
 * @param samples up to three conversions; none where the zone is not known
 * @since 0.1.0
 */
public record ClockProof(String zone, List<String> offsets, List<Sample> samples) {

	public ClockProof {
		offsets = List.copyOf(offsets);
		samples = List.copyOf(samples);
	}

	/**
	 * The time of one event.
	 *
	 * @param stored what stands in the old column
	 * @param instant what it means
	 */
	public record Sample(LocalDateTime stored, Instant instant) {

		@Override
		public String toString() {
			return this.stored.toString().replace('T', ' ') + " -> " + this.instant;
		}

	}

}
