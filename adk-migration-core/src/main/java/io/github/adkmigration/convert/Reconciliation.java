package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Brings a finished copy up to date: converts the rows that it lacks, removes those that
 * are gone, and proves by key that every row is accounted for. To be run while nobody
 * else can write to the old table, within the caller's transaction.
 *
 * @since 0.1.0
 */
public final class Reconciliation {

	private static final int PAGE = 10_000;

	private static final String SAME_KEY = "n.id = e.id AND n.app_name = e.app_name AND n.user_id = e.user_id"
			+ " AND n.session_id = e.session_id";

	private final Conversion conversion;

	private final SetAsideWriter setAside;

	private final String quarantine;

	private final String substitution;

	Reconciliation(Conversion conversion) {
		this.conversion = conversion;
		DatabaseDialect dialect = conversion.dialect();
		SessionTables tables = conversion.tables();
		this.setAside = new SetAsideWriter(dialect, tables);
		this.quarantine = tables.sql(BookkeepingTable.QUARANTINE, dialect);
		this.substitution = tables.sql(BookkeepingTable.SUBSTITUTION, dialect);
	}

	/**
	 * Reconcile.
	 * @param connection a connection with an open transaction or table locks
	 * @return the final counts of all rows, counted in the tables
	 * @throws SQLException if a statement fails
	 */
	public RowCounts run(Connection connection) throws SQLException {
		if (!sameKeys(connection)) {
			removeVanished(connection);
			this.setAside.clearRows(connection);
			convertMissing(connection);
		}
		return counts(connection);
	}

	/**
	 * Compare the keys of both tables without a join, where the database can add up
	 * hashes of 64 bits or walk along two indexes. Elsewhere, and when a row was set
	 * aside, the joins below decide.
	 */
	private boolean sameKeys(Connection connection) throws SQLException {
		if (number(connection, "SELECT count(*) FROM " + this.quarantine) > 0) {
			return false;
		}
		return switch (this.conversion.dialect()) {
			case POSTGRESQL -> sameHashes(connection);
			case SQLITE -> sameWalk(connection);
			case MYSQL, MARIADB, H2 -> false;
		};
	}

	/**
	 * The sessions of the events are looked up once each: PostgreSQL has forgotten what
	 * it knew of a table that was altered, and would look up that of every event.
	 */
	private boolean sameHashes(Connection connection) throws SQLException {
		String hash = "sum(hashtextextended(id, 1) # hashtextextended(app_name, 2)"
				+ " # hashtextextended(user_id, 3) # hashtextextended(session_id, 4))";
		String sum = "SELECT count(*) || ':' || COALESCE(" + hash + ", 0) FROM ";
		String source = sum + this.conversion.events() + " e";
		if (!this.conversion.rows().sessionGuaranteed()) {
			source = "SELECT CASE WHEN count(*) FILTER (WHERE NOT " + this.conversion.rows().hasSession("e")
					+ ") = 0 THEN COALESCE(sum(e.n), 0) || ':' || COALESCE(sum(e.hash), 0) END"
					+ " FROM (SELECT app_name, user_id, session_id, count(*) AS n, " + hash + " AS hash FROM "
					+ this.conversion.events() + " e GROUP BY app_name, user_id, session_id) e";
		}
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT (" + source + ") = (" + sum + this.conversion.target() + ")")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	/**
	 * The order makes SQLite merge both primary keys, each read from end to end, instead
	 * of looking up one in the other.
	 */
	private boolean sameWalk(Connection connection) throws SQLException {
		String key = "SELECT " + EventRows.KEY + " FROM ";
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM " + this.conversion.events()
						+ " e) = (SELECT count(*) FROM " + this.conversion.target()
						+ ") AND NOT EXISTS (SELECT * FROM (" + key + this.conversion.events() + " e EXCEPT " + key
						+ this.conversion.target() + " ORDER BY 1, 2, 3, 4)) AND NOT EXISTS (" + sessionless() + ")")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private String sessionless() {
		return "SELECT 1 FROM " + this.conversion.events() + " e WHERE NOT " + this.conversion.rows().hasSession("e")
				+ " LIMIT 1";
	}

	private void removeVanished(Connection connection) throws SQLException {
		removeVanished(connection, this.conversion.target(), "n");
		removeVanished(connection, this.substitution, "d");
	}

	private void removeVanished(Connection connection, String table, String alias) throws SQLException {
		// What was replaced in a state stands there without an event.
		String gone = " WHERE " + alias + ".id <> '' AND (NOT EXISTS (SELECT 1 FROM " + this.conversion.events()
				+ " e WHERE e.id = " + alias + ".id AND e.app_name = " + alias + ".app_name AND e.user_id = " + alias
				+ ".user_id AND e.session_id = " + alias + ".session_id)";
		if (!this.conversion.rows().sessionGuaranteed()) {
			gone += " OR NOT " + this.conversion.rows().hasSession(alias);
		}
		gone += ")";
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate(
					this.conversion.dialect().mysqlFamily() ? "DELETE " + alias + " FROM " + table + " " + alias + gone
							: "DELETE FROM " + table + " AS " + alias + gone);
		}
	}

	private void convertMissing(Connection connection) throws SQLException {
		EventConverter converter = this.conversion.converter();
		EventWriter writer = this.conversion.writer();
		EventRows rows = this.conversion.rows();
		String select = "SELECT " + rows.selectList() + " FROM " + this.conversion.events()
				+ " e WHERE e.id = ? AND e.app_name = ? AND e.user_id = ? AND e.session_id = ?";
		try (PreparedStatement statement = connection.prepareStatement(select)) {
			List<EventKey> page = missingKeys(connection);
			while (!page.isEmpty()) {
				convert(connection, statement, page, converter, writer);
				page = page.size() < PAGE ? List.of() : missingKeys(connection);
			}
		}
	}

	private void convert(Connection connection, PreparedStatement statement, List<EventKey> keys,
			EventConverter converter, EventWriter writer) throws SQLException {
		List<SourceEvent> page = new ArrayList<>();
		int bytes = 0;
		for (EventKey key : keys) {
			statement.setString(1, key.id());
			statement.setString(2, key.appName());
			statement.setString(3, key.userId());
			statement.setString(4, key.sessionId());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					SourceEvent event = this.conversion.rows().read(row);
					page.add(event);
					bytes += event.size();
				}
			}
			if (bytes > EventReader.PAGE_BYTES || page.size() >= 1000) {
				write(connection, converter, writer, page);
				bytes = 0;
			}
		}
		write(connection, converter, writer, page);
	}

	private void write(Connection connection, EventConverter converter, EventWriter writer, List<SourceEvent> page)
			throws SQLException {
		ConvertedPage converted = converter.convert(new SourcePage(List.copyOf(page), ""));
		writer.write(connection, converted.events());
		this.setAside.write(connection, converted);
		page.clear();
	}

	/**
	 * Return a page of the keys that are in neither table, since they may be many: rows
	 * without a session are no rarity where nothing enforces the foreign key.
	 */
	private List<EventKey> missingKeys(Connection connection) throws SQLException {
		List<EventKey> keys = new ArrayList<>();
		String order = this.conversion.dialect() == DatabaseDialect.SQLITE ? " ORDER BY e.rowid" : "";
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT e.id, e.app_name, e.user_id, e.session_id FROM "
						+ this.conversion.events() + " e WHERE NOT EXISTS (SELECT 1 FROM " + this.conversion.target()
						+ " n WHERE " + SAME_KEY + ") AND NOT EXISTS (SELECT 1 FROM " + this.quarantine + " WHERE "
						+ this.quarantine + ".id = e.id AND " + this.quarantine + ".app_name = e.app_name AND "
						+ this.quarantine + ".user_id = e.user_id AND " + this.quarantine
						+ ".session_id = e.session_id)" + order + " LIMIT " + PAGE)) {
			while (row.next()) {
				keys.add(new EventKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
			}
		}
		return keys;
	}

	private RowCounts counts(Connection connection) throws SQLException {
		String distinct = "SELECT count(*) FROM (SELECT DISTINCT " + EventRows.KEY + " FROM " + this.substitution
				+ " WHERE id <> '') d";
		return new RowCounts(number(connection, "SELECT count(*) FROM " + this.conversion.events() + " e"),
				number(connection, "SELECT count(*) FROM " + this.conversion.target()), number(connection, distinct),
				number(connection, "SELECT count(*) FROM " + this.quarantine + " WHERE kind = 'quarantined'"),
				number(connection, "SELECT count(*) FROM " + this.quarantine + " WHERE kind = 'orphaned'"));
	}

	private static long number(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
