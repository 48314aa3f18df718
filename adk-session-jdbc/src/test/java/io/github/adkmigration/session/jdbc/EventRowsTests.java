package io.github.adkmigration.session.jdbc;

import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events whose texts are so long that several threads read them, in several parts.
 */
class EventRowsTests {

	private static final int EVENTS = 9;

	private static Session fill(SessionDatabase sessions) {
		Session session = sessions.create(Map.of());
		for (int i = 0; i < EVENTS; i++) {
			sessions.append(session,
					SessionDatabase.event(i + "ä🙂".repeat(20_000), Map.of("n", i)).toBuilder().id("E" + i).build());
		}
		return session;
	}

	@DatabaseTest
	void longEventsComeInOrder(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = fill(sessions);
		assertThat(sessions.get(session).events()).isEqualTo(session.events());
		assertThat(sessions.service.listEvents(session.sessionKey()).blockingGet().events())
			.isEqualTo(session.events());
		ListEventsResponse page = sessions.service.listEvents(session.sessionKey(), 5, null).blockingGet();
		assertThat(page.events()).isEqualTo(session.events().subList(0, 5));
		ListEventsResponse last = sessions.service
			.listEvents(session.sessionKey(), 4, page.nextPageToken().orElseThrow())
			.blockingGet();
		assertThat(last.events()).extracting(Event::id).containsExactly("E5", "E6", "E7", "E8");
		assertThat(last.nextPageToken()).isEmpty();
	}

	@DatabaseTest
	void firstEventThatCannotBeReadIsNamedAsIfItWereTheOnlyOne(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = fill(sessions);
		new JdbcTemplate(database.dataSource()).update(
				"UPDATE " + sessions.table(SessionTable.EVENTS) + " SET event_data = '[1]' WHERE id IN ('E6', 'E7')");
		assertThatExceptionOfType(SessionException.class).isThrownBy(() -> sessions.get(session))
			.withMessage("The JSON of the event 'E7' is not an object.")
			.withNoCause();
	}

}
