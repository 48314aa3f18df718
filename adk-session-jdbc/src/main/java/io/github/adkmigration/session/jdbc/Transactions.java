package io.github.adkmigration.session.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in one transaction, and again while other writers get in its way: twenty
 * times at most, on SQLite for ten seconds.
 */
final class Transactions {

	private static final int ATTEMPTS = 20;

	private static final int LONGEST_PAUSE_MILLIS = 100;

	private static final int SQLITE_BUSY = 5;

	private static final int SQLITE_LOCKED = 6;

	private static final Duration LONGEST_BUSY = Duration.ofSeconds(10);

	private static final int MYSQL_DUPLICATE = 1062;

	private static final int MYSQL_TIMEOUT = 1205;

	/** Of PostgreSQL and H2. */
	private static final Set<String> TIMEOUTS = Set.of("55P03", "HYT00");

	private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

	private final TransactionTemplate template;

	private final TransactionTemplate snapshot;

	Transactions(DataSource dataSource, DatabaseDialect dialect) {
		JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
		this.template = new TransactionTemplate(manager);
		this.snapshot = new TransactionTemplate(manager);
		// Each transaction of SQLite is one, and its driver refuses to be told.
		if (dialect != DatabaseDialect.SQLITE) {
			this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		}
	}

	/**
	 * Run work that reads, with statements that all see the database of one moment.
	 */
	<T> T snapshot(Supplier<T> work) {
		return Objects.requireNonNull(this.snapshot.execute((status) -> work.get()), "The work has no result");
	}

	/**
	 * Run work that may be repeated as a whole.
	 * @param what what the work does, for the failure: "append the event"
	 * @throws SessionException if the database refuses
	 */
	<T> T write(String what, Supplier<T> work) {
		return repeat(what, () -> this.template.execute((status) -> work.get()));
	}

	/**
	 * Run work that is a transaction by itself, or only reads, and may be repeated as a
	 * whole: SQLite may keep readers out while somebody writes, too.
	 * @param what what the work does, for the failure: "append the event"
	 * @throws SessionException if the database refuses
	 */
	static <T> T repeat(String what, Supplier<@Nullable T> work) {
		long begin = System.nanoTime();
		for (int attempt = 1;; attempt++) {
			try {
				return Objects.requireNonNull(work.get(), "The work has no result");
			}
			catch (DataAccessException | TransactionException ex) {
				if (!mayBeRepeated(ex, attempt, begin)) {
					throw refused(what, ex);
				}
				pause(what, attempt);
			}
		}
	}

	/** Of random length, so that those who met do not meet again. */
	private static void pause(String what, int attempt) {
		try {
			Thread.sleep(ThreadLocalRandom.current()
				.nextInt(1, Math.min(1 << Math.min(attempt, ATTEMPTS), LONGEST_PAUSE_MILLIS)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionException("Could not " + what + ": interrupted while waiting for other writers.", ex);
		}
	}

	/** The driver's message may quote a row, so ours does not repeat it. */
	private static SessionException refused(String what, RuntimeException cause) {
		SQLException refusal = sqlException(cause);
		String state = refusal == null || refusal.getSQLState() == null ? ""
				: " (SQL state " + refusal.getSQLState() + ")";
		if (refusal != null && timedOut(refusal)) {
			return new SessionException("Could not " + what + ": another transaction held a lock for too long" + state
					+ ". Try again when it has ended.", cause);
		}
		return new SessionException("Could not " + what + ": the database refused" + state + ".", cause);
	}

	/**
	 * Return whether another transaction was given precedence. One that has waited for a
	 * lock in vain would wait as long again, so it is not repeated. SQLite does not tell
	 * the two apart: there the time does.
	 */
	private static boolean mayBeRepeated(RuntimeException failure, int attempt, long begin) {
		SQLException refusal = sqlException(failure);
		if (refusal != null && timedOut(refusal)) {
			// How long each attempt waits is a setting of the driver, down to nothing.
			return isSqlite(refusal) && System.nanoTime() - begin < LONGEST_BUSY.toNanos();
		}
		if (attempt >= ATTEMPTS) {
			return false;
		}
		return refusal == null ? failure instanceof ConcurrencyFailureException
				: failure instanceof ConcurrencyFailureException || failure instanceof LostRaceException
						|| LOST_RACES.contains(String.valueOf(refusal.getSQLState()));
	}

	private static boolean timedOut(SQLException refusal) {
		return isSqlite(refusal) ? Set.of(SQLITE_BUSY, SQLITE_LOCKED).contains(refusal.getErrorCode())
				: refusal.getErrorCode() == MYSQL_TIMEOUT || TIMEOUTS.contains(String.valueOf(refusal.getSQLState()));
	}

	/**
	 * Return whether a row with the same key was there already.
	 */
	static boolean isDuplicate(DataAccessException failure) {
		SQLException refusal = sqlException(failure);
		return failure instanceof DuplicateKeyException || refusal != null
				&& (isSqlite(refusal) ? isSqliteDuplicate(refusal) : refusal.getErrorCode() == MYSQL_DUPLICATE);
	}

	/**
	 * Only the driver's message has the extended code, which tells the constraints apart.
	 */
	private static boolean isSqliteDuplicate(SQLException refusal) {
		String message = String.valueOf(refusal.getMessage());
		return message.startsWith("[SQLITE_CONSTRAINT_PRIMARYKEY]") || message.startsWith("[SQLITE_CONSTRAINT_UNIQUE]");
	}

	/** The driver gives no SQL state, and Spring does not know its codes. */
	private static boolean isSqlite(SQLException refusal) {
		return refusal.getClass().getName().startsWith("org.sqlite.");
	}

	private static @Nullable SQLException sqlException(Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException refusal ? refusal : null;
	}

	/**
	 * A row that was absent a moment ago has been inserted by somebody else.
	 */
	static final class LostRaceException extends DataAccessException {

		private static final long serialVersionUID = 1L;

		LostRaceException(DataAccessException cause) {
			super("Another transaction inserted the row first.", cause);
		}

	}

}
