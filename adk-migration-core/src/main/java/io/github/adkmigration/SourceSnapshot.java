package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.UtcSession;
import org.jspecify.annotations.Nullable;

/**
 * One view of a database for as long as it is copied: whoever reads within it sees no
 * later write, and can write nothing where the database enforces that.
 */
final class SourceSnapshot implements AutoCloseable {

	/** Not among the constants of JDBC. */
	private static final int H2_SNAPSHOT = 6;

	private final Connection connection;

	private final int isolation;

	private final @Nullable UtcSession utc;

	private SourceSnapshot(Connection connection, int isolation, @Nullable UtcSession utc) {
		this.connection = connection;
		this.isolation = isolation;
		this.utc = utc;
	}

	/**
	 * Begin.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 */
	static SourceSnapshot begin(Connection connection, DatabaseDialect dialect) throws SQLException {
		int isolation = dialect == DatabaseDialect.H2 ? connection.getTransactionIsolation() : 0;
		UtcSession utc = null;
		if (dialect == DatabaseDialect.H2) {
			connection.setTransactionIsolation(H2_SNAPSHOT);
		}
		if (dialect.mysqlFamily()) {
			// Columns of adk-java hold instants, which the server hands over in the zone
			// of the session.
			utc = UtcSession.begin(connection);
			execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
		}
		connection.setAutoCommit(false);
		SourceSnapshot snapshot = new SourceSnapshot(connection, isolation, utc);
		try {
			if (dialect.mysqlFamily()) {
				execute(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
			}
			if (dialect == DatabaseDialect.POSTGRESQL) {
				execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
			}
			return snapshot;
		}
		catch (SQLException ex) {
			snapshot.close();
			throw ex;
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.rollback();
		this.connection.setAutoCommit(true);
		if (this.isolation != 0) {
			this.connection.setTransactionIsolation(this.isolation);
		}
		if (this.utc != null) {
			this.utc.close();
		}
	}

}
