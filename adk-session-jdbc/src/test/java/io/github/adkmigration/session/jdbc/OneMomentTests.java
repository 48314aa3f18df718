package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.adk.sessions.Session;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a get returns was all there at one moment.
 */
class OneMomentTests {

	private static void assertOfOneMoment(Session found, Session session) {
		assertThat(found.events()).hasSize(session.events().size());
		assertThat(found.state()).containsEntry("n", session.events().size());
		assertThat(found.lastUpdateTime()).isEqualTo(session.lastUpdateTime());
	}

	@DatabaseTest(except = DatabaseDialect.POSTGRESQL)
	void appendBetweenTheStatementsOfAGetIsReadWhole(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		// On SQLite nobody writes while a transaction reads.
		int many = database.dialect() == DatabaseDialect.SQLITE ? 5 : 50;
		for (int appends : new int[] { 1, many }) {
			Session session = sessions.create(Map.of());
			sessions.append(session, SessionDatabase.event("one", Map.of("n", 1)));
			AtomicInteger left = new AtomicInteger(appends);
			ObservedDataSource interrupted = new ObservedDataSource(database.dataSource(), (sql) -> {
				if (sql.contains("event_data") && left.getAndDecrement() > 0) {
					sessions.append(session, SessionDatabase.event("next", Map.of("n", session.events().size() + 1)));
				}
			});
			Session found = SessionDatabase.get(JdbcSessionService.builder(interrupted).build(), session);
			assertThat(found.state()).containsEntry("n", found.events().size());
			if (appends == 1) {
				assertOfOneMoment(found, session);
			}
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void appendBetweenTheHalvesOfAGetIsReadWhole(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		sessions.append(session, SessionDatabase.event("one", Map.of("n", 1)));
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("LOCK TABLE " + sessions.table(SessionTable.EVENTS) + " IN ACCESS EXCLUSIVE MODE");
			CompletableFuture<Session> found = CompletableFuture.supplyAsync(() -> sessions.get(session));
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			while (Boolean.FALSE.equals(
					jdbc.queryForObject("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)", Boolean.class))) {
				assertThat(found).isNotDone();
			}
			JdbcSessionService holder = JdbcSessionService.builder(new SingleConnectionDataSource(connection, true))
				.build();
			holder.appendEvent(session, SessionDatabase.event("two", Map.of("n", 2))).ignoreElement().blockingAwait();
			assertOfOneMoment(found.get(30, TimeUnit.SECONDS), session);
		}
	}

}
