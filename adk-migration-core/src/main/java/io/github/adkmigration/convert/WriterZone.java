package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;

/**
 * SQLSpec sends its times to MySQL and MariaDB as UTC without saying so, and the server
 * takes them for times in the zone of the session, which is its own as a rule. Where the
 * events, whose JSON has their time, say that this zone was not UTC, the columns are read
 * in the zone of the server.
 *
 * @since 0.1.0
 */
public final class WriterZone {

	private static final String UTC = "'+00:00'";

	private static final String SERVER = "@@global.time_zone";

	private static final int EVENTS = 100;

	private WriterZone() {
	}

	/**
	 * Settle for a session in which zone it reads the columns.
	 * @param connection a connection to MySQL or MariaDB whose session is in UTC
	 * @param beside the tables to be read
	 * @throws SQLException if the server refuses a statement
	 */
	public static void settle(Connection connection, BesideTables beside) throws SQLException {
		if (beside.layout().family() == LayoutFamily.SQLSPEC && beside.dialect().mysqlFamily()) {
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET @" + BesideTables.ZONE + " = " + zone(statement, beside));
			}
		}
	}

	private static String zone(Statement statement, BesideTables beside) throws SQLException {
		if (beside.pickled()) {
			return SERVER;
		}
		try (ResultSet row = statement.executeQuery("SELECT count(*), sum(abs(m.apart) < 1) FROM (SELECT"
				+ " JSON_EXTRACT(e.event_data, '$.timestamp') - UNIX_TIMESTAMP(e.timestamp) AS apart FROM "
				+ beside.relation(SessionTable.EVENTS) + " e LIMIT " + EVENTS + ") m WHERE m.apart IS NOT NULL")) {
			row.next();
			return row.getLong(1) > 0 && row.getLong(1) == row.getLong(2) ? UTC : SERVER;
		}
	}

}
