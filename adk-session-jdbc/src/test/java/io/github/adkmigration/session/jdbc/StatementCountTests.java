package io.github.adkmigration.session.jdbc;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.google.adk.sessions.Session;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many statements the database is sent.
 */
class StatementCountTests {

	@DatabaseTest
	void appendTakesFewStatements(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Counter counter = new Counter(database.dataSource());
		JdbcSessionService service = JdbcSessionService.builder(counter.dataSource).build();
		Session session = sessions.create(Map.of());
		int plain = counter.of(() -> service.appendEvent(session, SessionDatabase.event("one", Map.of()))
			.ignoreElement()
			.blockingAwait());
		int all = counter.of(() -> service
			.appendEvent(session, SessionDatabase.event("two", Map.of("own", 1, "app:a", 1, "user:u", 1)))
			.ignoreElement()
			.blockingAwait());
		assertThat(plain).isEqualTo(switch (database.dialect()) {
			case POSTGRESQL -> 1;
			case SQLITE -> 2;
			case MYSQL, MARIADB, H2 -> 3;
		});
		assertThat(all).isEqualTo(switch (database.dialect()) {
			case POSTGRESQL -> 1;
			case MYSQL, MARIADB -> 3;
			case SQLITE -> 4;
			case H2 -> 7;
		});
		assertThat(SessionDatabase.copy(sessions.get(session).state()))
			.isEqualTo(Map.of("own", 1, "app:a", 1, "user:u", 1));
	}

	@DatabaseTest
	void readingDoesNotTakeMoreForMoreRows(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Counter counter = new Counter(database.dataSource());
		JdbcSessionService service = JdbcSessionService.builder(counter.dataSource).build();
		Session session = sessions.create(Map.of());
		for (int i = 0; i < 3; i++) {
			sessions.create(Map.of());
			sessions.append(session, SessionDatabase.event("one", Map.of()));
		}
		int get = counter.of(() -> assertThat(SessionDatabase.get(service, session).events()).hasSize(3));
		int list = counter
			.of(() -> assertThat(service.listSessions(session.sessionKey()).blockingGet().sessions()).hasSize(4));
		assertThat(get).isEqualTo(database.dialect() == DatabaseDialect.POSTGRESQL ? 1 : 2);
		assertThat(list).isEqualTo(3);
	}

	/** Counts what is prepared. */
	private static final class Counter {

		private final AtomicInteger prepared = new AtomicInteger();

		private final DataSource dataSource;

		Counter(DataSource target) {
			this.dataSource = new ObservedDataSource(target, (sql) -> this.prepared.incrementAndGet());
		}

		int of(Runnable work) {
			int before = this.prepared.get();
			work.run();
			return this.prepared.get() - before;
		}

	}

}
