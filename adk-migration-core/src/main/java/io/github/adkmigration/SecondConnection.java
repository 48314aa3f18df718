package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One more connection beside that of the run, if the data source gives one soon. A pool
 * may be as small as one, and then a caller waits in it until it gives up; so the asking
 * is done by a thread of its own, and nobody waits for it for long.
 */
final class SecondConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SecondConnection.class);

	private static final long PATIENCE_MILLIS = 500;

	private final DatabaseDialect dialect;

	private final CompletableFuture<Connection> asked = new CompletableFuture<>();

	private SecondConnection(DatabaseDialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Begin to ask.
	 * @param dataSource where the first came from
	 * @param dialect dialect of the database
	 */
	static SecondConnection ask(DataSource dataSource, DatabaseDialect dialect) {
		SecondConnection second = new SecondConnection(dialect);
		Thread thread = new Thread(() -> second.open(dataSource), "adk-migration-connect");
		thread.setDaemon(true);
		thread.start();
		return second;
	}

	/**
	 * Do without.
	 * @param dialect dialect of the database
	 */
	static SecondConnection none(DatabaseDialect dialect) {
		SecondConnection second = new SecondConnection(dialect);
		second.asked.cancel(false);
		return second;
	}

	private void open(DataSource dataSource) {
		try {
			this.asked.complete(dataSource.getConnection());
		}
		catch (SQLException | RuntimeException ex) {
			this.asked.completeExceptionally(ex);
		}
	}

	/**
	 * Return the connection.
	 * @param first the connection of the run
	 * @return a connection in auto-commit mode to the same database, or nothing if there
	 * is none or it is not really another one
	 */
	Optional<Connection> get(Connection first) {
		try {
			Connection second = this.asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
			if (second.getAutoCommit() && another(first, second)) {
				return Optional.of(second);
			}
			logger.debug("The second connection of the data source is no other one");
		}
		catch (TimeoutException | ExecutionException | CancellationException | SQLException ex) {
			logger.debug("There is no second connection: {}", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Optional.empty();
	}

	/**
	 * A data source may hand out one connection several times, or open a database in
	 * memory anew.
	 */
	private boolean another(Connection first, Connection second) throws SQLException {
		if (first.getMetaData().getConnection() == second.getMetaData().getConnection()) {
			return false;
		}
		return switch (this.dialect) {
			case POSTGRESQL -> !same(first, second, "SELECT pg_backend_pid()");
			case MYSQL, MARIADB -> !same(first, second, "SELECT connection_id()");
			case SQLITE ->
				same(first, second, "SELECT file FROM pragma_database_list WHERE name = 'main' AND file <> ''");
			case H2 -> false;
		};
	}

	private static boolean same(Connection first, Connection second, String query) throws SQLException {
		Optional<String> one = answer(first, query);
		return one.isPresent() && one.equals(answer(second, query));
	}

	private static Optional<String> answer(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
		}
	}

	@Override
	public void close() {
		// If it has not come yet, it goes back when it comes.
		this.asked.thenAccept(SecondConnection::giveBack);
	}

	private static void giveBack(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.debug("The second connection is broken, as its pool will notice: {}", ex.getClass().getSimpleName());
		}
	}

}
