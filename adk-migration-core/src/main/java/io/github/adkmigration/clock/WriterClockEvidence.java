package io.github.adkmigration.clock;

import java.util.Arrays;
import java.util.List;

/**
 * What the rows say of the clock that their writer read, in a size that depends on the
 * span of time and not on the number of rows.
 *
 * @param databaseClockIsUtc whether {@code create_time} and {@code update_time} are known
 * to be UTC: on SQLite. Elsewhere they are times of the zone of a database session that
 * nobody recorded, so there an {@link OffsetSighting.Strength#EXACT exact} offset other
 * than zero is the only proof
 * @param sightings offsets seen, ordered by time
 * @param bounds limits to the offset
 * @param eventHours the wall-clock hours in which there are events, hours since 1970,
 * ascending
 * @param samples wall-clock microseconds of up to three events, ascending
 * @since 0.1.0
 */
public record WriterClockEvidence(boolean databaseClockIsUtc, List<OffsetSighting> sightings, List<OffsetBound> bounds,
		long[] eventHours, List<Long> samples) {

	public WriterClockEvidence {
		sightings = List.copyOf(sightings);
		bounds = List.copyOf(bounds);
		eventHours = eventHours.clone();
		samples = List.copyOf(samples);
	}

	/**
	 * Return the hours with events.
	 * @return a copy
	 */
	@Override
	public long[] eventHours() {
		return this.eventHours.clone();
	}

	/**
	 * Return the sightings that prove something.
	 * @return all of them on SQLite, else exact ones other than zero
	 */
	List<OffsetSighting> usable() {
		return this.sightings.stream()
			.filter((sighting) -> this.databaseClockIsUtc
					|| (sighting.strength() == OffsetSighting.Strength.EXACT && sighting.offsetSeconds() != 0))
			.toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof WriterClockEvidence that && this.databaseClockIsUtc == that.databaseClockIsUtc
				&& this.sightings.equals(that.sightings) && this.bounds.equals(that.bounds)
				&& Arrays.equals(this.eventHours, that.eventHours) && this.samples.equals(that.samples);
	}

	@Override
	public int hashCode() {
		return this.sightings.hashCode() * 31 + Arrays.hashCode(this.eventHours);
	}

}
