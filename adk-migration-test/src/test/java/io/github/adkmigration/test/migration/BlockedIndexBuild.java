package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * The build of an index that cannot come to its end, as long as a transaction of somebody
 * else stays open. So a build of a few rows lasts as long as a test wants.
 */
final class BlockedIndexBuild implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final TestDatabase database;

	private final Connection other;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private BlockedIndexBuild(TestDatabase database, Connection other) {
		this.database = database;
		this.other = other;
	}

	/**
	 * Open the transaction, which has written to a row that is there.
	 */
	static BlockedIndexBuild by(TestDatabase database) throws SQLException {
		Connection other = database.connection();
		other.setAutoCommit(false);
		try (Statement statement = other.createStatement()) {
			statement.executeUpdate("UPDATE events SET invocation_id = 'other' WHERE id = 'e0'");
		}
		return new BlockedIndexBuild(database, other);
	}

	/**
	 * Do something on a thread of its own.
	 */
	<T> Future<T> begin(Callable<T> work) {
		return this.threads.submit(work);
	}

	/**
	 * Wait until somebody builds an index and waits for the transaction.
	 * @return the number of the session
	 */
	long awaitBuilder() throws SQLException, InterruptedException {
		return await(this.database.dialect() == DatabaseDialect.POSTGRESQL
				? "SELECT min(pid) FROM pg_stat_activity WHERE query ILIKE '%INDEX%' AND wait_event_type = 'Lock'"
						+ " AND state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()"
				: "SELECT min(id) FROM information_schema.processlist WHERE db = database() AND info LIKE '%INDEX%'"
						+ " AND state LIKE 'Waiting for table metadata lock%'");
	}

	private long await(String query) throws SQLException, InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < end) {
			String found = Sql.text(this.database, query);
			if (found != null) {
				return Long.parseLong(found);
			}
			Thread.sleep(10);
		}
		throw new IllegalStateException("Nobody waits for the transaction");
	}

	/**
	 * End the transaction.
	 */
	void release() throws SQLException {
		this.other.commit();
	}

	static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
		try {
			return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("It does not end", ex);
		}
	}

	@Override
	public void close() throws SQLException {
		this.other.rollback();
		this.other.close();
		this.threads.shutdown();
	}

}
