package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a connection is one session of one server from its beginning to its
 * end. Behind a pooler that hands out sessions for a transaction, a lock of the session
 * would stay with a session that others get next.
 */
final class SessionProbe {

	private static final Logger logger = LoggerFactory.getLogger(SessionProbe.class);

	private static final int LOOKS = 3;

	private final DataSource dataSource;

	private final Connection connection;

	private final DatabaseDialect dialect;

	SessionProbe(DataSource dataSource, Connection connection, DatabaseDialect dialect) {
		this.dataSource = dataSource;
		this.connection = connection;
		this.dialect = dialect;
	}

	/**
	 * Look for a reason not to trust locks of the session.
	 * @return the reason, a clause for people, or empty
	 */
	Optional<String> obstacle() throws SQLException {
		return this.dialect == DatabaseDialect.POSTGRESQL ? postgres() : mysql();
	}

	private Optional<String> postgres() throws SQLException {
		OptionalLong greeted = PostgresSession.greetedAs(this.connection);
		long first = greeted.isPresent() ? greeted.getAsLong() : session(this.connection);
		if (greeted.isEmpty() && another() == first) {
			return pooler();
		}
		return stays(first) ? Optional.empty() : pooler();
	}

	private Optional<String> mysql() throws SQLException {
		if (!stays(session(this.connection))) {
			return pooler();
		}
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement
					.executeQuery("SHOW VARIABLES WHERE (Variable_name = 'wsrep_on' AND Value = 'ON')"
							+ " OR (Variable_name = 'group_replication_single_primary_mode' AND Value = 'OFF')")) {
			return row.next()
					? Optional.of("the server belongs to a cluster that writes on several nodes, each with locks of"
							+ " its own (" + row.getString(1) + "=" + row.getString(2) + ")")
					: Optional.empty();
		}
	}

	private static Optional<String> pooler() {
		return Optional.of("a connection pooler stands between this process and the server");
	}

	/** Each look is a transaction. */
	private boolean stays(long session) throws SQLException {
		for (int i = 0; i < LOOKS; i++) {
			if (session(this.connection) != session) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Let another connection do something in between: an idle pooler would give us the
	 * same session each time, and then it gives it to the other too.
	 */
	private long another() {
		try (Connection other = this.dataSource.getConnection()) {
			return session(other);
		}
		catch (SQLException ex) {
			logger.debug("There is no second connection to compare with", ex);
			return -1;
		}
	}

	private long session(Connection asked) throws SQLException {
		try (Statement statement = asked.createStatement();
				ResultSet row = statement.executeQuery(this.dialect == DatabaseDialect.POSTGRESQL
						? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()")) {
			row.next();
			return row.getLong(1);
		}
	}

}
