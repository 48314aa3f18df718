package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what forbids to fill head's tables beside those of another writer: rows that
 * somebody else has put there, and events that would have the same key.
 */
final class BesideRowsReader {

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	BesideRowsReader(Connection connection, DatabaseDialect dialect, SessionTables tables, Catalog catalog) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
	}

	/**
	 * Return what forbids to put the rows where head's tables are.
	 * @return sentences with names and numbers
	 */
	List<String> occupied(BesideTables beside, @Nullable OwnerColumn owner) throws SQLException {
		List<String> obstacles = new ArrayList<>();
		// Beside events that are half copied, what stands there is ours.
		if (this.catalog.table(this.tables.name(BookkeepingTable.SHADOW)).isEmpty()) {
			for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES,
					SessionTable.USER_STATES)) {
				String name = this.tables.name(table);
				long rows = this.catalog.table(name).isEmpty() || beside.tables().contains(name) ? 0
						: number("SELECT count(*) FROM " + this.tables.sql(table, this.dialect));
				if (rows > 0) {
					obstacles.add("The table " + name + " has " + rows + " rows already, and those of "
							+ beside.layout().family().title() + " would be put among them.");
				}
			}
		}
		if (owner != null && owner.notNull()) {
			ownerless(beside, owner).ifPresent(obstacles::add);
		}
		if (owner != null && beside.hasExtra(owner.name())) {
			new OwnerReferenceReader(this.connection, this.dialect, owner)
				.obstacle(beside.base(SessionTable.SESSIONS), beside.names().name(SessionTable.SESSIONS))
				.ifPresent(obstacles::add);
		}
		return obstacles;
	}

	/**
	 * Return what forbids to make head's rows of them, wherever these are to stand.
	 * @return sentences with names and numbers
	 */
	List<String> obstacles(BesideTables beside) throws SQLException {
		List<String> obstacles = new ArrayList<>(
				new SessionRowsReader(this.connection, this.dialect, this.tables, this.catalog).obstacles(beside));
		String events = beside.relation(SessionTable.EVENTS);
		String name = beside.names().name(SessionTable.EVENTS);
		long unnamed = number("SELECT count(*) FROM " + events + " e WHERE e.id IS NULL");
		if (unnamed > 0) {
			obstacles.add(unnamed + " events of " + name + " have no id.");
		}
		if (!beside.position().equals("id")) {
			long doubled = number("SELECT count(*) FROM (SELECT e.session_id, e.id FROM " + events
					+ " e GROUP BY e.app_name, e.user_id, e.session_id, e.id HAVING count(*) > 1) m");
			if (doubled > 0) {
				obstacles.add(doubled + " ids of events stand more than once in one session of " + name + ".");
			}
		}
		return obstacles;
	}

	private Optional<String> ownerless(BesideTables beside, OwnerColumn owner) throws SQLException {
		String sessions = beside.base(SessionTable.SESSIONS);
		long rows = number("SELECT count(*) FROM " + sessions
				+ (beside.hasExtra(owner.name()) ? " WHERE " + this.dialect.quote(owner.name()) + " IS NULL" : ""));
		return rows == 0 ? Optional.empty() : Optional.of("The owner column " + owner.name() + " is NOT NULL, and "
				+ rows + " sessions of " + beside.names().name(SessionTable.SESSIONS) + " have no value for it.");
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
