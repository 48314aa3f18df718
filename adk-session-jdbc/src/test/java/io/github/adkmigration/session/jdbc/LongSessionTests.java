package io.github.adkmigration.session.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session of 100,000 events is read page by page in a JVM that could not hold it.
 */
class LongSessionTests {

	private static final int EVENTS = 100_000;

	@TempDir
	private Path directory = Path.of(".");

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.SQLITE })
	void pagesNeedTheMemoryOfAPage(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		String numbers = sqlite
				? "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (EVENTS - 1) + ") "
				: "WITH n AS (SELECT generate_series(0, " + (EVENTS - 1) + ") AS i) ";
		String time = sqlite ? "strftime('%Y-%m-%d %H:%M:%S', 1762084800 + i / 50, 'unixepoch') || '.000000'"
				: "timestamp '2025-11-02 12:00:00' + i / 50 * interval '1 second'";
		String data = "'{\"author\": \"agent\", \"content\": {\"parts\": [{\"text\": \"" + "x".repeat(500) + "\"}]}}'";
		new JdbcTemplate(database.dataSource()).update(numbers + "INSERT INTO " + sessions.table(SessionTable.EVENTS)
				+ " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) SELECT 'e' || i, ?, ?, ?, 'i', "
				+ time + ", " + (sqlite ? data : data + "::jsonb") + " FROM n", session.appName(), session.userId(),
				session.id());
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(),
				List.of("-Xmx40m", "-cp", System.getProperty("java.class.path"), LongSessionTests.class.getName(),
						database.jdbcUrl(), database.username(), database.password(), session.id()))) {
			assertThat(jvm.exitCode()).as(jvm.output()).isZero();
			assertThat(jvm.output()).contains(EVENTS + " events");
		}
	}

	/**
	 * Read all pages.
	 * @param arguments URL, user, password, session id
	 */
	public static void main(String[] arguments) {
		JdbcSessionService service = JdbcSessionService
			.builder(new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]))
			.build();
		SessionKey key = new SessionKey(SessionDatabase.APP, SessionDatabase.USER, arguments[3]);
		int events = 0;
		String token = null;
		do {
			ListEventsResponse page = service.listEvents(key, 2000, token).blockingGet();
			events += page.events().size();
			token = page.nextPageToken().orElse(null);
		}
		while (token != null);
		System.out.println(events + " events");
	}

}
