package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads what stands against building head's index on events at a start: a large table, or
 * somebody who is at it.
 *
 * @since 0.1.0
 */
public final class IndexWorkReader {

	/**
	 * Whoever builds an index holds a lock on its table, and both show to any user; which
	 * index it is shows only to users with more rights.
	 */
	private static final String BUILDER = "SELECT min(p.pid) FROM pg_catalog.pg_stat_progress_create_index p"
			+ " JOIN pg_catalog.pg_locks l ON l.pid = p.pid AND l.locktype = 'relation' AND l.granted"
			+ " AND l.relation = pg_catalog.to_regclass(?)"
			+ " JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()"
			+ " WHERE p.pid <> pg_catalog.pg_backend_pid()";

	/**
	 * A transaction is known by the number that it has on its session. Which ones have a
	 * snapshot shows to any user, unlike how old it is.
	 */
	private static final String SNAPSHOTS = "SELECT a.pid, l.virtualxid FROM pg_catalog.pg_stat_activity a"
			+ " JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.granted"
			+ " AND l.mode = 'ExclusiveLock' WHERE a.datname = pg_catalog.current_database()"
			+ " AND a.pid <> pg_catalog.pg_backend_pid() AND a.backend_xmin IS NOT NULL"
			+ " AND a.backend_type <> 'autovacuum worker'";

	private IndexWorkReader() {
	}

	/**
	 * Return whether events exist and lack head's index, or have it in no state to be
	 * used.
	 * @param catalog the snapshot
	 * @param tables the names of the target
	 * @return whether the index has to be built
	 */
	public static boolean needed(Catalog catalog, SessionTables tables) {
		return catalog.table(tables.name(SessionTable.EVENTS))
			.filter((events) -> events.index(tables.eventsIndexName()).filter(Catalog.Index::valid).isEmpty())
			.isPresent();
	}

	/**
	 * Read what a start has to know.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param limit rows up to which a start builds the index, from 0
	 * @return what stands against it
	 * @throws SQLException if the database refuses a query
	 */
	public static IndexWork read(Connection connection, DatabaseDialect dialect, SessionTables tables, long limit)
			throws SQLException {
		return new IndexWork(large(connection, dialect, tables, limit),
				builder(connection, dialect, tables).orElse(null));
	}

	/**
	 * Find who builds an index on events. MySQL and MariaDB tell nobody, and show an
	 * index when it is there.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @return the number of the session, empty if there is none
	 * @throws SQLException if the database refuses the query
	 */
	public static Optional<Long> builder(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		if (dialect != DatabaseDialect.POSTGRESQL) {
			return Optional.empty();
		}
		try (PreparedStatement statement = connection.prepareStatement(BUILDER)) {
			statement.setString(1, tables.sql(SessionTable.EVENTS, dialect));
			try (ResultSet row = statement.executeQuery()) {
				long session = row.next() ? row.getLong(1) : 0;
				return session == 0 ? Optional.empty() : Optional.of(session);
			}
		}
	}

	/**
	 * Find the transactions that see the database as it was: PostgreSQL ends no
	 * concurrent build before all of them, whatever tables they read.
	 * @param connection a connection in auto-commit mode to PostgreSQL
	 * @return a name of each transaction
	 * @throws SQLException if the database refuses the query
	 */
	public static Set<String> snapshots(Connection connection) throws SQLException {
		Set<String> transactions = new HashSet<>();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(SNAPSHOTS)) {
			while (row.next()) {
				transactions.add(row.getString(1) + ' ' + row.getString(2));
			}
		}
		return transactions;
	}

	/**
	 * Statistics may lag behind, so they are believed only when they speak of many rows;
	 * counting ends at the limit.
	 */
	private static boolean large(Connection connection, DatabaseDialect dialect, SessionTables tables, long limit)
			throws SQLException {
		if (TableSizeReader.rows(connection, dialect, tables, SessionTable.EVENTS) > limit) {
			return true;
		}
		String events = tables.sql(SessionTable.EVENTS, dialect);
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT count(*) FROM (SELECT 1 AS n FROM " + events + " LIMIT " + (limit + 1) + ") counted")) {
			row.next();
			return row.getLong(1) > limit;
		}
	}

}
