package io.github.adkmigration.convert;

import java.util.List;

import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.report.RowCounts;

/**
 * What became of a page.
 *
 * @param events rows to write
 * @param setAside rows that are not converted
 * @param substitutions values that were replaced in the rows to write
 * @param counts the numbers
 * @param lastKey where to go on, in the form of the reader
 */
record ConvertedPage(List<TargetEvent> events, List<SetAside> setAside, List<Substituted> substitutions,
		RowCounts counts, String lastKey) {

	/**
	 * Return what its rows take up at least.
	 * @return bytes
	 */
	long bytes() {
		long bytes = 0;
		for (TargetEvent event : this.events) {
			bytes += event.json().length;
		}
		for (SetAside row : this.setAside) {
			byte[] raw = row.raw();
			bytes += raw == null ? 0 : raw.length;
		}
		return bytes;
	}

	/**
	 * Return whether there is more to write than events.
	 * @return whether rows were set aside or values replaced
	 */
	boolean hasNotes() {
		return !this.setAside.isEmpty() || !this.substitutions.isEmpty();
	}

	/**
	 * Return what is to be written besides the events.
	 * @return the same page without its events
	 */
	ConvertedPage withoutEvents() {
		return new ConvertedPage(List.of(), this.setAside, this.substitutions, this.counts, this.lastKey);
	}

	/**
	 * A replaced value.
	 *
	 * @param key the event
	 * @param substitution what was replaced
	 */
	record Substituted(EventKey key, Substitution substitution) {
	}

}
