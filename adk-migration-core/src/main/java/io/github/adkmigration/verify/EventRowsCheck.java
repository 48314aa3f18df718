package io.github.adkmigration.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.clock.UtcColumn;
import io.github.adkmigration.clock.UtcColumn.Agreement;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks whether each event holds a JSON object that agrees with the columns beside it.
 */
final class EventRowsCheck {

	private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

	private static final int LAST_YEAR = 9999;

	private final StreamedQuery query;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final UtcColumn column;

	private final Finding object;

	private final Finding id;

	private final Finding invocationId;

	private final Finding timestamp;

	private long events;

	private long otherTimes;

	/**
	 * Create the check.
	 * @param query reads the rows
	 * @param tables the names of the target
	 * @param events the table as it is
	 */
	EventRowsCheck(StreamedQuery query, SessionTables tables, Catalog.Table events) {
		this.query = query;
		this.dialect = query.dialect();
		this.tables = tables;
		this.column = UtcColumn.of(this.dialect, events);
		String place = events.name() + ".event_data";
		this.object = new Finding(place, "a JSON object");
		this.id = new Finding(place, "the id of the column");
		this.invocationId = new Finding(place, "the invocation_id of the column");
		this.timestamp = new Finding(place, "a number as timestamp");
	}

	VerificationResult run() throws SQLException {
		String columns = String.join(", ",
				Stream.of("id", "app_name", "user_id", "session_id", "invocation_id", "timestamp", "event_data")
					.map(this.dialect::quote)
					.toList());
		this.query.read("SELECT " + columns + " FROM " + this.tables.sql(SessionTable.EVENTS, this.dialect),
				this::look);
		return new VerificationResult(
				Stream.of(this.object, this.id, this.invocationId, this.timestamp)
					.flatMap((finding) -> finding.difference().stream())
					.toList(),
				this.otherTimes == 0 ? List.of()
						: List.of(this.otherTimes + " of " + this.events
								+ " events have a time in the column that is not"
								+ " that of event_data in UTC, as adk-python before 2.7.0 writes it outside of UTC."));
	}

	private void look(ResultSet row) throws SQLException {
		this.events++;
		List<String> key = List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
		EventData data = EventData.read(row.getString(7));
		if (data == null) {
			this.object.add(key);
			return;
		}
		if (!row.getString(1).equals(data.id())) {
			this.id.add(key);
		}
		if (!String.valueOf(row.getString(5)).equals(data.invocationId())) {
			this.invocationId.add(key);
		}
		Double seconds = data.timestamp();
		if (seconds == null) {
			this.timestamp.add(key);
			return;
		}
		boolean text = this.dialect == DatabaseDialect.SQLITE;
		if (this.column.compare(this.column.instant(seconds.doubleValue()), text ? row.getObject(6) : null,
				text ? StoredTimes.NONE : wallMicros(row)) != Agreement.SAME) {
			this.otherTimes++;
		}
	}

	private static long wallMicros(ResultSet row) throws SQLException {
		LocalDateTime time = row.getObject(6, LocalDateTime.class);
		// PostgreSQL has infinite times.
		return time == null || time.getYear() > LAST_YEAR ? StoredTimes.NONE : ChronoUnit.MICROS.between(EPOCH, time);
	}

}
