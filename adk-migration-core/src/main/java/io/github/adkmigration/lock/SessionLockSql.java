package io.github.adkmigration.lock;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * How a server locks for a session. Every statement returns one row, of one boolean
 * unless said otherwise.
 *
 * @param acquire takes the lock unless somebody has it or a valid lease
 * @param leased asks for a valid lease, which is how a run that cannot trust its session
 * locks
 * @param held asks whether this session holds the lock
 * @param free asks whether no session holds the lock
 * @param release gives it back
 * @param holder returns the number of the holding session, what it says of itself, and
 * the host that it comes from; no row if there is none
 * @param end ends a session, in front of its number
 * @param leaseHolder returns who has the lease, since when and until when
 */
record SessionLockSql(String acquire, String leased, String held, String free, String release, String holder,
		String end, String leaseHolder) {

	static SessionLockSql of(DatabaseDialect dialect, SessionTables tables, LockName name) {
		String leases = tables.sql(BookkeepingTable.LOCK, dialect);
		return dialect == DatabaseDialect.POSTGRESQL ? postgres(leases, name.key()) : mysql(leases, name.text());
	}

	private static SessionLockSql postgres(String leases, long key) {
		String leased = "EXISTS (SELECT 1 FROM " + leases + " WHERE name = '" + LeaseLock.NAME
				+ "' AND lock_until > timezone('utc', clock_timestamp()))";
		String lock = "locktype = 'advisory' AND objsubid = 1 AND classid = CAST('" + (key >>> Integer.SIZE)
				+ "' AS oid) AND objid = CAST('" + (key & 0xFFFFFFFFL) + "' AS oid) AND granted";
		return new SessionLockSql(
				"SELECT CASE WHEN " + leased + " THEN false ELSE pg_try_advisory_lock(" + key + ") END",
				"SELECT " + leased,
				"SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks WHERE pid = pg_backend_pid() AND " + lock + ")",
				"SELECT NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks WHERE database = (SELECT oid FROM"
						+ " pg_catalog.pg_database WHERE datname = current_database()) AND " + lock + ")",
				"SELECT pg_advisory_unlock(" + key + ")",
				"SELECT l.pid, concat_ws(', ', NULLIF(a.application_name, ''), 'connected since ' || a.backend_start,"
						+ " a.state), host(a.client_addr) FROM pg_catalog.pg_locks l LEFT JOIN"
						+ " pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.database = (SELECT oid FROM"
						+ " pg_catalog.pg_database WHERE datname = current_database()) AND " + lock,
				"SELECT pg_terminate_backend(%s)", LeaseLock.holderQuery(leases));
	}

	private static SessionLockSql mysql(String leases, String name) {
		String leased = "EXISTS (SELECT 1 FROM " + leases + " WHERE name = '" + LeaseLock.NAME
				+ "' AND lock_until > UTC_TIMESTAMP(3))";
		String lock = "('" + name + "')";
		return new SessionLockSql("SELECT CASE WHEN " + leased + " THEN 0 ELSE GET_LOCK('" + name + "', 0) END",
				"SELECT " + leased, "SELECT COALESCE(IS_USED_LOCK" + lock + " = CONNECTION_ID(), 0)",
				"SELECT IS_USED_LOCK" + lock + " IS NULL", "SELECT RELEASE_LOCK" + lock,
				"SELECT id, concat('idle or at work since ', time, ' s'), substring_index(host, ':', 1)"
						+ " FROM information_schema.processlist WHERE id = IS_USED_LOCK" + lock,
				"KILL %s", LeaseLock.holderQuery(leases));
	}

}
