package io.github.adkmigration;

import java.sql.Connection;

import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.CopyMarker.Mark;
import io.github.adkmigration.convert.RowClock;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source, ready to be read.
 *
 * @param connection sees one state of the source
 * @param found what the rows are
 * @param clock what their naive times mean
 * @param conversion what becomes of them
 * @param mark under which the target remembers them
 * @param clockText how times without a zone are read, or {@code null} if there are none
 */
record CopyRows(Connection connection, CopySource.Found found, RowClock clock, Conversion conversion, Mark mark,
		@Nullable String clockText) {

	/**
	 * Return what was found, for people.
	 */
	String from() {
		return this.found.level() + " on " + this.found.side().dialect().id();
	}

}
