package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The swap in one transaction, together with the other tables where their columns are not
 * head's: SQLite cannot change a column, so such a table is made anew beside the old one,
 * which is kept. Renaming follows the old rules (legacy_alter_table), under which keys,
 * views and triggers go on to mean a table by its name.
 */
final class SqliteSwap implements TableSwap {

	private static final DatabaseDialect DIALECT = DatabaseDialect.SQLITE;

	private final SessionTables tables;

	private final Catalog catalog;

	private final BundledChangelog changelog;

	private final List<SessionTable> rebuilt;

	private final boolean indexed;

	SqliteSwap(SessionTables tables, Catalog catalog, BundledChangelog changelog, List<SessionTable> rebuilt,
			boolean indexed) {
		this.tables = tables;
		this.catalog = catalog;
		this.changelog = changelog;
		this.rebuilt = rebuilt;
		this.indexed = indexed;
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		boolean foreignKeys = pragma(connection, "foreign_keys");
		boolean legacyAlterTable = pragma(connection, "legacy_alter_table");
		try {
			set(connection, "foreign_keys", false);
			set(connection, "legacy_alter_table", true);
			return transaction(connection, work);
		}
		finally {
			set(connection, "legacy_alter_table", legacyAlterTable);
			set(connection, "foreign_keys", foreignKeys);
		}
	}

	private Swapped transaction(Connection connection, LockedWork work) throws SQLException {
		connection.setAutoCommit(false);
		try {
			SqlScript script = new SqlScript(connection);
			// A write is what makes SQLite keep other writers out.
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate(
						"UPDATE " + this.tables.sql(BookkeepingTable.CHECKPOINT, DIALECT) + " SET name = name");
			}
			RowCounts counts = work.reconcile(connection);
			script.execute(changes(SqliteFacts.read(connection, this.tables, this.rebuilt, this.changelog)));
			checkForeignKey(script);
			work.swapping(connection, script.changeset(this.changelog.get("0001_swap"), List.of()));
			work.swapped(connection);
			connection.commit();
			return new Swapped(counts,
					Stream.concat(Stream.of(SessionTable.EVENTS), this.rebuilt.stream())
						.map((table) -> this.tables.name(kept(table)))
						.toList());
		}
		catch (SQLException | RuntimeException | Error ex) {
			TableSwap.rollback(connection, ex);
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

	/**
	 * Look up the session of every new event along the index, which says the same as
	 * foreign_key_check(events) in a fraction of its time. Here nobody can delete a
	 * session meanwhile, and a failure leaves everything as it was.
	 */
	private void checkForeignKey(SqlScript script) throws SQLException {
		String strays = script
			.strings("SELECT count(*) FROM " + this.tables.sql(SessionTable.EVENTS, DIALECT)
					+ " e WHERE NOT EXISTS (SELECT 1 FROM " + this.tables.sql(SessionTable.SESSIONS, DIALECT)
					+ " s WHERE s.app_name = e.app_name AND s.user_id = e.user_id AND s.id = e.session_id)")
			.get(0);
		if (!strays.equals("0")) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					strays + " converted events have no session.",
					"Keep the database as it is, the old events are unchanged, and report this number.");
		}
	}

	/**
	 * Return what is executed after the rows are accounted for.
	 */
	List<Change> changes(SqliteFacts facts) {
		List<Change> changes = new ArrayList<>();
		changes.add(Change.of(this.changelog.get("0001_app_state_rows")));
		changes.add(Change.of(this.changelog.get("0001_user_state_rows")));
		// Index names are unique in the file, and an index can be made again at any time.
		drop(changes, facts.indexes());
		changes.add(Change.of(this.changelog.get("0001_keep_events")));
		for (SessionTable table : this.rebuilt) {
			rebuild(changes, table, facts.attached().getOrDefault(table, List.of()));
		}
		changes.add(Change.of(this.changelog.get("0001_swap")));
		if (this.indexed) {
			changes.add(Change.of(this.changelog.get("0002_events_index")));
		}
		if (!facts.marked()) {
			changes.add(Change.of(this.changelog.get("0001_metadata")));
		}
		if (!facts.versioned()) {
			changes.add(Change.of(this.changelog.get("0001_schema_version")));
		}
		return changes;
	}

	private static void drop(List<Change> changes, List<SqliteFacts.Attached> attached) {
		attached.forEach((object) -> changes
			.add(new Change("DROP " + object.type() + " " + DIALECT.quote(object.name()), object.sql())));
	}

	private void rebuild(List<Change> changes, SessionTable table, List<SqliteFacts.Attached> attached) {
		String name = this.tables.name(table);
		String kept = this.tables.name(kept(table));
		drop(changes, attached);
		changes.add(new Change("ALTER TABLE " + DIALECT.quote(name) + " RENAME TO " + DIALECT.quote(kept),
				"ALTER TABLE " + DIALECT.quote(kept) + " RENAME TO " + DIALECT.quote(name)));
		changes.add(new Change(this.changelog.get("0001_" + table.defaultName()).sql(),
				"DROP TABLE " + DIALECT.quote(name)));
		List<Catalog.Column> columns = this.catalog.table(name).map(Catalog.Table::columns).orElse(List.of());
		List<String> head = HeadSchema.of(DIALECT, this.tables)
			.table(table)
			.columns()
			.stream()
			.map(Catalog.Column::name)
			.toList();
		for (Catalog.Column column : columns) {
			if (!head.contains(column.name())) {
				changes.add(new Change("ALTER TABLE " + DIALECT.quote(name) + " ADD COLUMN "
						+ DIALECT.quote(column.name()) + " " + column.definition(), ""));
			}
		}
		String list = columns.stream().map((column) -> DIALECT.quote(column.name())).collect(Collectors.joining(", "));
		String values = columns.stream().map((column) -> value(column.name())).collect(Collectors.joining(", "));
		changes.add(new Change("INSERT INTO " + DIALECT.quote(name) + " (" + list + ") SELECT " + values + " FROM "
				+ DIALECT.quote(kept) + " ORDER BY rowid", ""));
		attached.forEach((object) -> changes.add(new Change(object.sql(), "")));
	}

	private static BookkeepingTable kept(SessionTable table) {
		return switch (table) {
			case SESSIONS -> BookkeepingTable.KEPT_SESSIONS;
			case APP_STATES -> BookkeepingTable.KEPT_APP_STATES;
			case USER_STATES -> BookkeepingTable.KEPT_USER_STATES;
			case EVENTS -> BookkeepingTable.KEPT;
			case METADATA -> throw new IllegalStateException("The metadata table is never made anew");
		};
	}

	/**
	 * Times of SqliteSessionService are numbers, in seconds since 1970; head's are texts.
	 */
	private static String value(String column) {
		String quoted = DIALECT.quote(column);
		if (!column.equals("create_time") && !column.equals("update_time")) {
			return quoted;
		}
		String micros = "CAST(round(" + quoted + " * 1000000) AS INTEGER)";
		// The remainder of a time before 1970 is negative.
		String fraction = "((" + micros + " % 1000000 + 1000000) % 1000000)";
		return "CASE WHEN typeof(" + quoted + ") IN ('real', 'integer') THEN strftime('%Y-%m-%d %H:%M:%S', (" + micros
				+ " - " + fraction + ") / 1000000, 'unixepoch') || printf('.%06d', " + fraction + ") ELSE " + quoted
				+ " END";
	}

	private static boolean pragma(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + name)) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static void set(Connection connection, String name, boolean value) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA " + name + " = " + (value ? "ON" : "OFF"));
		}
	}

}
