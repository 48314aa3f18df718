package io.github.adkmigration.benchmark;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * What a database has used of the processors, which other load on the machine changes
 * less than it changes the time on the wall. SQLite works in the thread of its caller; of
 * PostgreSQL the operating system adds up the processes of all connections that have
 * ended.
 */
final class ProcessorTime {

	private static final double TICKS_PER_SECOND = 100;

	private final TestDatabase database;

	ProcessorTime(TestDatabase database) {
		this.database = database;
	}

	/**
	 * Return the seconds since some moment in the past.
	 */
	double seconds() throws SQLException {
		if (this.database.dialect() == DatabaseDialect.SQLITE) {
			return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
		}
		// A process counts once its parent has noticed its end.
		LockSupport.parkNanos(500_000_000);
		try (Connection connection = DriverManager.getConnection(this.database.jdbcUrl(), this.database.username(), "");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT pg_read_file('/proc/' || split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"
								+ " || '/stat', 0, 10000)")) {
			row.next();
			String stat = row.getString(1);
			// Behind the name in brackets: state is field 3, cutime 16 and cstime 17.
			List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
			return (Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14))) / TICKS_PER_SECOND;
		}
	}

}
