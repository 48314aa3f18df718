package io.github.adkmigration.session.jdbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Agents in several JVMs on one database, and one that is killed.
 */
class SeveralProcessesTests {

	private static final int JVMS = 3;

	private static final int THREADS = 16;

	private static final int EVENTS = 3;

	private static final int ENDLESS = 1_000_000;

	private static final Pattern STORED = Pattern.compile("stored (\\S+) (\\S+) (\\d+)\\.\\R");

	@TempDir
	private Path directory = Path.of(".");

	private WatchedJvm start(TestDatabase database, String name, int threads, int events) throws Exception {
		return WatchedJvm.start(this.directory, Map.of(),
				List.of("-cp", System.getProperty("java.class.path"), AppendingProcess.class.getName(),
						database.jdbcUrl(), database.username(), database.password(), name, Integer.toString(threads),
						Integer.toString(events)));
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void noDeltaIsLost(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		List<WatchedJvm> jvms = new ArrayList<>();
		try {
			for (int i = 0; i < JVMS; i++) {
				jvms.add(start(database, "jvm" + i, THREADS, EVENTS));
			}
			for (WatchedJvm jvm : jvms) {
				assertThat(jvm.exitCode()).as(jvm.output()).isZero();
				assertThat(jvm.output()).contains("done").doesNotContain("Exception");
			}
		}
		finally {
			jvms.forEach(WatchedJvm::close);
		}
		Map<String, Object> shared = sessions.create(Map.of()).state();
		List<String> expected = new ArrayList<>();
		for (int jvm = 0; jvm < JVMS; jvm++) {
			for (int thread = 0; thread < THREADS; thread++) {
				String name = "jvm" + jvm + "-" + thread;
				expected.add("app:" + name);
				for (int i = 1; i <= EVENTS; i++) {
					expected.addAll(List.of("app:" + name + "-" + i, "user:" + name + "-" + i));
				}
			}
		}
		assertThat(shared).containsOnlyKeys(expected);
		assertThat(sessions.count(SessionTable.EVENTS)).isEqualTo(JVMS * THREADS * EVENTS);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatWasAcknowledgedSurvivesAKill(TestDatabase database) throws Exception {
		SessionDatabase sessions = new SessionDatabase(database);
		String said;
		try (WatchedJvm jvm = start(database, "killed", 2, ENDLESS)) {
			assertThat(jvm.says(" 20.")).as(jvm.output()).isTrue();
			jvm.close();
			jvm.exitCode();
			said = jvm.output();
		}
		Map<String, List<String>> acknowledged = new HashMap<>();
		Matcher stored = STORED.matcher(said);
		while (stored.find()) {
			acknowledged.computeIfAbsent(stored.group(2), (unused) -> new ArrayList<>()).add(stored.group(1));
		}
		assertThat(acknowledged).isNotEmpty();
		acknowledged.forEach((id, events) -> {
			Session session = sessions.get(Session.builder(id).build());
			assertThat(session.events()).extracting(Event::id).startsWith(events.toArray(new String[0]));
			assertThat(session.events()).hasSizeBetween(events.size(), events.size() + 1);
			assertThat(session.state()).containsEntry("own", session.events().size());
			sessions.append(session, SessionDatabase.event("it goes on", Map.of()));
		});
	}

}
