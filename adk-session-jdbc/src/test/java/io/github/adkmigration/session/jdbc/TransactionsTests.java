package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.reactivex.rxjava3.schedulers.Schedulers;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a refusal of the database leads to, and whose transaction it is in.
 */
class TransactionsTests {

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void timeoutForALockFailsAtOnce(TestDatabase database) throws SQLException {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		boolean postgres = database.dialect() == DatabaseDialect.POSTGRESQL;
		try (Connection holder = database.dataSource().getConnection();
				Statement lock = holder.createStatement();
				Connection waiting = database.dataSource().getConnection();
				Statement limit = waiting.createStatement()) {
			holder.setAutoCommit(false);
			lock.executeQuery("SELECT * FROM " + sessions.table(SessionTable.SESSIONS) + " FOR UPDATE");
			limit.execute(postgres ? "SET lock_timeout = '1s'" : "SET innodb_lock_wait_timeout = 1");
			JdbcSessionService service = JdbcSessionService.builder(new SingleConnectionDataSource(waiting, true))
				.build();
			long begin = System.nanoTime();
			assertThatExceptionOfType(SessionException.class)
				.isThrownBy(() -> service.appendEvent(session, SessionDatabase.event("one", Map.of()))
					.ignoreElement()
					.blockingAwait())
				.withMessageContaining("held a lock for too long");
			assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
			holder.rollback();
		}
		sessions.append(session, SessionDatabase.event("one", Map.of()));
	}

	@DatabaseTest
	void appendWithinATransactionOfTheCallerIsPartOfIt(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		JdbcSessionService service = JdbcSessionService.builder(database.dataSource())
			.scheduler(Schedulers.trampoline())
			.build();
		new TransactionTemplate(new JdbcTransactionManager(database.dataSource()))
			.executeWithoutResult((transaction) -> {
				service.appendEvent(session, SessionDatabase.event("one", Map.of("own", 1)))
					.ignoreElement()
					.blockingAwait();
				transaction.setRollbackOnly();
			});
		assertThat(sessions.count(SessionTable.EVENTS)).isZero();
		assertThat(sessions.get(session).state()).isEmpty();
	}

	@DatabaseTest
	void eventWithAnIdThatExistsIsRefusedByName(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		sessions.append(session, SessionDatabase.event("one", Map.of()).toBuilder().id("E1").build());
		assertThatExceptionOfType(SessionException.class)
			.isThrownBy(() -> sessions.append(session,
					SessionDatabase.event("two", Map.of("own", 1)).toBuilder().id("E1").build()))
			.withMessage("An event with the id 'E1' already exists in the session '" + session.id() + "'.");
		assertThat(sessions.get(session).state()).isEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void anotherConstraintIsNotTakenForADuplicate(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		new JdbcTemplate(database.dataSource()).execute("CREATE TRIGGER closed BEFORE INSERT ON "
				+ sessions.table(SessionTable.SESSIONS) + " BEGIN SELECT RAISE(ABORT, 'closed'); END");
		assertThatExceptionOfType(SessionException.class).isThrownBy(() -> sessions.create(Map.of()))
			.withMessageContaining("the database refused");
	}

	/** The driver waits for nothing here, so all of the waiting is ours. */
	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aFileThatAnotherProgramHoldsIsWaitedFor(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		JdbcSessionService impatient = JdbcSessionService
			.builder(new DriverManagerDataSource(database.jdbcUrl() + "?busy_timeout=0"))
			.build();
		try (Connection holder = database.dataSource().getConnection();
				Statement statement = holder.createStatement()) {
			statement.execute("BEGIN EXCLUSIVE");
			CompletableFuture<Session> get = CompletableFuture
				.supplyAsync(() -> SessionDatabase.get(impatient, session));
			CompletableFuture<Void> append = CompletableFuture
				.runAsync(() -> impatient.appendEvent(session, SessionDatabase.event("one", Map.of()))
					.ignoreElement()
					.blockingAwait());
			assertThat(get).isNotCompleted();
			Thread.sleep(2500);
			assertThat(append).isNotCompleted();
			statement.execute("COMMIT");
			assertThat(get.get(10, TimeUnit.SECONDS).id()).isEqualTo(session.id());
			append.get(10, TimeUnit.SECONDS);
		}
		assertThat(sessions.get(session).events()).hasSize(1);
	}

}
