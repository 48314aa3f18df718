package io.github.adkmigration.convert;

import java.util.List;

import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.report.RowCounts;

/**
 * What became of a batch.
 *
 * @param events rows to write
 * @param setAside rows that are not converted
 * @param substitutions values that were replaced in the rows to write
 * @param counts the numbers
 * @param lastKey where to go on, in the form of the reader
 */
record ConvertedBatch(List<TargetEvent> events, List<SetAside> setAside, List<Substituted> substitutions,
		RowCounts counts, String lastKey) {

	/**
	 * A replaced value.
	 *
	 * @param key the event
	 * @param substitution what was replaced
	 */
	record Substituted(EventKey key, Substitution substitution) {
	}

}
