package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.codec.JsonEquality;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;

/**
 * Reads a source again after its copy, converts each row again and compares the result
 * with the row of the target: its columns, and what its JSON says.
 *
 * @since 0.1.0
 */
public final class EventComparison {

	private final Conversion conversion;

	private final DatabaseDialect dialect;

	private final String quarantine;

	private long missing;

	private long missingAside;

	private long different;

	EventComparison(Conversion conversion) {
		this.conversion = conversion;
		this.dialect = conversion.dialect();
		this.quarantine = conversion.tables().sql(BookkeepingTable.QUARANTINE, this.dialect);
	}

	/**
	 * Compare all rows.
	 * @param target a connection to the database that was written to
	 * @param source a connection to the database that was read, used by nobody else
	 * @return what became of the rows of the source, and how the target differs
	 * @throws SQLException if a statement fails
	 */
	public Compared run(Connection target, Connection source) throws SQLException {
		EventConverter converter = this.conversion.converter();
		RowCounts counts = RowCounts.NONE;
		try (EventReader reader = ReadAhead.of(this.conversion.reader(source, null))) {
			for (SourcePage page = reader.next(); page != null; page = reader.next()) {
				ConvertedPage expected = converter.convert(page);
				events(target, expected.events());
				setAside(target, expected.setAside());
				counts = counts.plus(expected.counts());
			}
		}
		long surplus = number(target, "SELECT count(*) FROM " + this.conversion.target()) + this.missing
				- counts.converted();
		long surplusAside = number(target, "SELECT count(*) FROM " + this.quarantine) + this.missingAside
				- counts.quarantined() - counts.orphaned();
		return new Compared(counts, this.missing + this.missingAside, this.different, surplus + surplusAside);
	}

	private void events(Connection target, List<TargetEvent> events) throws SQLException {
		Chunks.each(events, (chunk) -> some(target, chunk));
	}

	private void some(Connection target, List<TargetEvent> events) throws SQLException {
		Map<EventKey, TargetEvent> wanted = new HashMap<>();
		events.forEach((event) -> wanted.put(event.key(), event));
		String sql = "SELECT e.id, e.app_name, e.user_id, e.session_id, e.invocation_id, "
				+ ColumnTimes.select(this.dialect, "e.timestamp") + ", e.event_data FROM " + this.conversion.target()
				+ " e WHERE e.id IN (" + String.join(", ", Collections.nCopies(events.size(), "?")) + ")";
		try (PreparedStatement select = target.prepareStatement(sql)) {
			for (int i = 0; i < events.size(); i++) {
				select.setString(i + 1, events.get(i).key().id());
			}
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					TargetEvent expected = wanted
						.remove(new EventKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
					if (expected != null && !same(expected, row)) {
						this.different++;
					}
				}
			}
		}
		this.missing += wanted.size();
	}

	private boolean same(TargetEvent expected, ResultSet row) throws SQLException {
		String json = row.getString(7);
		return expected.invocationId().equals(row.getString(5))
				&& expected.columnMicros() == ColumnTimes.wallMicros(ColumnTimes.read(row, 6, this.dialect))
				&& json != null && JsonEquality.same(new String(expected.json(), StandardCharsets.UTF_8), json);
	}

	private void setAside(Connection target, List<SetAside> rows) throws SQLException {
		if (rows.isEmpty()) {
			return;
		}
		try (PreparedStatement select = target.prepareStatement("SELECT kind, reason FROM " + this.quarantine
				+ " WHERE id = ? AND app_name = ? AND user_id = ? AND session_id = ?")) {
			for (SetAside expected : rows) {
				select.setString(1, expected.key().id());
				select.setString(2, expected.key().appName());
				select.setString(3, expected.key().userId());
				select.setString(4, expected.key().sessionId());
				try (ResultSet row = select.executeQuery()) {
					if (!row.next()) {
						this.missingAside++;
					}
					else if (!row.getString(1).equals(expected.kind()) || !row.getString(2).equals(expected.reason())) {
						this.different++;
					}
				}
			}
		}
	}

	private static long number(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

	/**
	 * The outcome.
	 *
	 * @param rows what became of the rows of the source
	 * @param missing rows of the source that the target has nowhere
	 * @param different rows that say something else in the target
	 * @param surplus rows of the target that the source does not have
	 */
	public record Compared(RowCounts rows, long missing, long different, long surplus) {

		/**
		 * Return whether the target holds what the source holds.
		 * @return whether nothing is missing, different or too much
		 */
		public boolean equal() {
			return this.rows.complete() && this.missing == 0 && this.different == 0 && this.surplus == 0;
		}

	}

}
