package io.github.adkmigration.clock;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An offset that the rows show, and when.
 *
 * @param from wall-clock date of the first sighting
 * @param to wall-clock date of the last sighting, inclusive
 * @param offset how far the writer's clock was ahead of UTC
 * @param sessions how many sessions say so
 * @since 0.1.0
 */
public record OffsetPeriod(LocalDate from, LocalDate to, ZoneOffset offset, long sessions) {

	@Override
	public String toString() {
		String name = this.offset.equals(ZoneOffset.UTC) ? "+00:00" : this.offset.getId();
		return name + " (" + (this.from.equals(this.to) ? this.from : this.from + " to " + this.to) + ", "
				+ this.sessions + (this.sessions == 1 ? " session)" : " sessions)");
	}

}
