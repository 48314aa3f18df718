package io.github.adkmigration.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether each event holds a JSON object that agrees with the columns beside it.
 */
final class EventRowsCheck {

	/** A double holds a time of today to a quarter of a microsecond. */
	private static final double MICROSECOND = 1.5e-6;

	private static final double NANOS = 1e9;

	private final StreamedQuery query;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final double tolerance;

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
		// Tables made through a mariadb:// URL keep no fraction of a second.
		this.tolerance = events.column("timestamp").filter((column) -> column.type().equals("datetime")).isPresent()
				&& this.dialect.mysqlFamily() ? 1 : MICROSECOND;
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
		Double column = seconds(row);
		if (column == null || Math.abs(column - seconds) > this.tolerance) {
			this.otherTimes++;
		}
	}

	private @Nullable Double seconds(ResultSet row) throws SQLException {
		try {
			LocalDateTime time = this.dialect == DatabaseDialect.SQLITE
					? LocalDateTime.parse(String.valueOf(row.getString(6)).replace(' ', 'T'))
					: row.getObject(6, LocalDateTime.class);
			return time.toEpochSecond(ZoneOffset.UTC) + time.getNano() / NANOS;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
