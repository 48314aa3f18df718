package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions so long that PostgreSQL is asked for them in parts of 256, 512 and so on.
 */
class SessionInPartsTests {

	private static final int EVENTS = 800;

	/** Three events of each instant, so that parts end between equal times. */
	private static Session fill(SessionDatabase sessions, int events) {
		Session session = sessions.create(Map.of());
		sessions.append(session, SessionDatabase.event("first", Map.of()));
		String table = sessions.table(SessionTable.EVENTS);
		new JdbcTemplate(sessions.dataSource()).update(
				"INSERT INTO " + table + " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
						+ " SELECT 'E' || lpad(n::text, 4, '0'), app_name, user_id, session_id, invocation_id,"
						+ " timestamp + n / 3 * INTERVAL '1 second', event_data FROM " + table
						+ ", generate_series(3, ?) n WHERE session_id = ?",
				events + 1, session.id());
		return session;
	}

	private static List<String> ids(Session found) {
		return found.events().stream().map(Event::id).toList();
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void longSessionIsReadWholeAndInOrder(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = fill(sessions, EVENTS);
		List<String> all = new JdbcTemplate(database.dataSource()).queryForList(
				"SELECT id FROM " + sessions.table(SessionTable.EVENTS) + " ORDER BY timestamp, id", String.class);
		assertThat(all).hasSize(EVENTS);
		assertThat(ids(sessions.get(session))).isEqualTo(all);
		for (int recent : new int[] { 0, 1, 255, 256, 257, 767, 768, 769, 800, 801 }) {
			GetSessionConfig config = GetSessionConfig.builder().numRecentEvents(recent).build();
			Session found = sessions.service.getSession(session.sessionKey(), config).blockingGet();
			assertThat(ids(found)).as("%d recent", recent).isEqualTo(all.subList(Math.max(EVENTS - recent, 0), EVENTS));
		}
		Instant since = Instant.ofEpochMilli(SessionDatabase.NOON).plusSeconds(303 / 3);
		Session found = sessions.service
			.getSession(session.sessionKey(), GetSessionConfig.builder().afterTimestamp(since).build())
			.blockingGet();
		assertThat(ids(found)).isEqualTo(all.subList(all.indexOf("E0303"), EVENTS));
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void changeBetweenThePartsIsReadWhole(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = fill(sessions, EVENTS);
		List<String> statements = new ArrayList<>();
		Map<Integer, Runnable> before = new HashMap<>();
		JdbcSessionService service = JdbcSessionService.builder(new ObservedDataSource(database.dataSource(), (sql) -> {
			statements.add(sql);
			before.getOrDefault(statements.size(), () -> {
			}).run();
		})).build();
		assertThat(SessionDatabase.get(service, session).events()).hasSize(EVENTS);
		assertThat(statements).as("parts of 256, 512 and 32").hasSize(3);
		Session current = sessions.get(session);
		statements.clear();
		before.put(2, () -> sessions.append(current, SessionDatabase.event("new", Map.of("n", 1))));
		Session changed = SessionDatabase.get(service, session);
		assertThat(changed.events()).hasSize(EVENTS + 1);
		assertThat(changed.state()).containsEntry("n", 1);
		assertThat(statements).as("two parts and the whole").hasSize(3);
		statements.clear();
		before.put(2, () -> sessions.service.deleteSession(session.sessionKey()).blockingAwait());
		assertThat(service.getSession(session.sessionKey(), GetSessionConfig.builder().build()).blockingGet()).isNull();
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void sessionsOfDifferentLengthsShareOnePlan(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		fill(sessions, 10 * EVENTS);
		Session session = sessions.create(Map.of());
		sessions.append(session, SessionDatabase.event("one", Map.of()));
		try (Connection connection = database.dataSource().getConnection()) {
			SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
			JdbcTemplate jdbc = new JdbcTemplate(single);
			jdbc.execute("ANALYZE");
			JdbcSessionService service = JdbcSessionService.builder(single).build();
			for (int i = 0; i < 30; i++) {
				assertThat(SessionDatabase.get(service, session).events()).hasSize(1);
			}
			assertThat(jdbc.queryForObject(
					"SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE '%UNION ALL%'", Long.class))
				.as("plans made for one execution each; the server begins with five")
				.isEqualTo(5);
		}
	}

}
