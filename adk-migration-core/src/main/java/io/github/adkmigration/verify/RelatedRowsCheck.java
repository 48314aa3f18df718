package io.github.adkmigration.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks for rows without the rows that they need: events without their session, sessions
 * without states, and kept events that nothing accounts for.
 */
final class RelatedRowsCheck {

	private static final String SAME_EVENT = "x.id = k.id AND x.app_name = k.app_name AND x.user_id = k.user_id"
			+ " AND x.session_id = k.session_id";

	private final StreamedQuery query;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	RelatedRowsCheck(StreamedQuery query, SessionTables tables) {
		this.query = query;
		this.dialect = query.dialect();
		this.tables = tables;
	}

	List<Difference> sessions() throws SQLException {
		String events = this.tables.sql(SessionTable.EVENTS, this.dialect);
		String sessions = this.tables.sql(SessionTable.SESSIONS, this.dialect);
		List<Difference> differences = new ArrayList<>();
		missing(this.tables.name(SessionTable.EVENTS), "the session of each event",
				"SELECT e.id, e.app_name, e.user_id, e.session_id FROM " + events
						+ " e WHERE NOT EXISTS (SELECT 1 FROM " + sessions
						+ " s WHERE s.app_name = e.app_name AND s.user_id = e.user_id AND s.id = e.session_id)",
				4)
			.ifPresent(differences::add);
		missing(this.tables.name(SessionTable.APP_STATES), "a row for the application of each session",
				"SELECT DISTINCT s.app_name FROM " + sessions + " s WHERE NOT EXISTS (SELECT 1 FROM "
						+ this.tables.sql(SessionTable.APP_STATES, this.dialect) + " a WHERE a.app_name = s.app_name)",
				1)
			.ifPresent(differences::add);
		missing(this.tables.name(SessionTable.USER_STATES), "a row for the user of each session",
				"SELECT DISTINCT s.app_name, s.user_id FROM " + sessions + " s WHERE NOT EXISTS (SELECT 1 FROM "
						+ this.tables.sql(SessionTable.USER_STATES, this.dialect)
						+ " u WHERE u.app_name = s.app_name AND u.user_id = s.user_id)",
				2)
			.ifPresent(differences::add);
		return differences;
	}

	/**
	 * Look whether each kept event was converted or set aside, unless its session was
	 * deleted since, with which many databases delete the kept events too. A session of
	 * the same key that was made later is another one; the clocks of the two times may be
	 * as far apart as time zones are.
	 */
	Optional<Difference> kept() throws SQLException {
		String kept = this.tables.name(BookkeepingTable.KEPT);
		String later = switch (this.dialect) {
			case SQLITE -> "datetime(k.timestamp, CASE WHEN typeof(k.timestamp) IN ('real', 'integer')"
					+ " THEN 'unixepoch' ELSE '+0 days' END, '+14 hours')";
			case POSTGRESQL -> "k.timestamp + INTERVAL '14 hours'";
			case MYSQL, MARIADB, H2 -> "k.timestamp + INTERVAL 14 HOUR";
		};
		return missing(kept, "each kept event converted or set aside",
				"SELECT k.id, k.app_name, k.user_id, k.session_id FROM "
						+ this.tables.sql(BookkeepingTable.KEPT, this.dialect) + " k JOIN "
						+ this.tables.sql(SessionTable.SESSIONS, this.dialect)
						+ " s ON s.app_name = k.app_name AND s.user_id = k.user_id AND s.id = k.session_id"
						+ " WHERE NOT EXISTS (SELECT 1 FROM " + this.tables.sql(SessionTable.EVENTS, this.dialect)
						+ " x WHERE " + SAME_EVENT + ") AND NOT EXISTS (SELECT 1 FROM "
						+ this.tables.sql(BookkeepingTable.QUARANTINE, this.dialect) + " x WHERE " + SAME_EVENT
						+ ") AND CASE WHEN s.create_time > " + later + " THEN 1 ELSE 0 END = 0",
				4);
	}

	Optional<Difference> marker() throws SQLException {
		String version = first("SELECT " + this.dialect.quote("value") + " FROM "
				+ this.tables.sql(SessionTable.METADATA, this.dialect) + " WHERE " + this.dialect.quote("key") + " = '"
				+ HeadSchema.SCHEMA_VERSION_KEY + "'");
		if (version.equals(HeadSchema.SCHEMA_VERSION)) {
			return Optional.empty();
		}
		return Optional.of(new Difference(this.tables.name(SessionTable.METADATA) + "." + HeadSchema.SCHEMA_VERSION_KEY,
				HeadSchema.SCHEMA_VERSION, version.isEmpty() ? "none" : version));
	}

	private Optional<Difference> missing(String subject, String expected, String sql, int columns) throws SQLException {
		Finding finding = new Finding(subject, expected);
		this.query.read(sql, (row) -> {
			String[] key = new String[columns];
			for (int i = 0; i < columns; i++) {
				key[i] = row.getString(i + 1);
			}
			finding.add(Arrays.asList(key));
		});
		return finding.difference();
	}

	/** Returns the first value, empty without a row. */
	private String first(String sql) throws SQLException {
		AtomicReference<String> value = new AtomicReference<>("");
		this.query.read(sql, (row) -> value.compareAndSet("", row.getString(1)));
		return Objects.requireNonNullElse(value.get(), "");
	}

}
