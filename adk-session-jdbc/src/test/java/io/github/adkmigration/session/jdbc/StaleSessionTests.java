package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A session that somebody else has changed is recognised as by adk-python.
 */
class StaleSessionTests {

	private static final Map<String, Object> DELTA = Map.of("own", 1, "app:tax", 1, "user:lang", "de");

	@DatabaseTest
	void sessionThatAnotherHasChangedIsStaleAndNothingIsStored(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session mine = sessions.create(Map.of());
		Session theirs = sessions.get(mine);
		sessions.append(theirs, SessionDatabase.event("theirs", Map.of()));
		assertThatExceptionOfType(StaleSessionException.class)
			.isThrownBy(() -> sessions.append(mine, SessionDatabase.event("mine", DELTA)))
			.withMessageContaining(mine.id());
		assertThat(mine.events()).isEmpty();
		assertThat(mine.state()).isEmpty();
		assertThat(sessions.count(SessionTable.EVENTS)).isOne();
		assertThat(sessions.get(mine).state()).isEmpty();
		Session again = sessions.get(mine);
		sessions.append(again, SessionDatabase.event("mine", DELTA));
		sessions.append(again, SessionDatabase.event("mine too", Map.of()));
		assertThat(sessions.get(mine).events()).extracting(Event::stringifyContent)
			.containsExactly("theirs", "mine", "mine too");
		assertThat(SessionDatabase.copy(sessions.get(mine).state())).isEqualTo(DELTA);
	}

	@DatabaseTest
	void createdSessionIsNotStale(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of("own", 1));
		sessions.append(session, SessionDatabase.event("one", Map.of()));
		assertThat(sessions.get(session).lastUpdateTime()).isEqualTo(session.lastUpdateTime());
	}

	@DatabaseTest
	void sessionOfAnotherTimeIsNotStaleIfItEndsWithTheLastEvent(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		session.lastUpdateTime(session.lastUpdateTime().truncatedTo(ChronoUnit.SECONDS));
		sessions.append(session, SessionDatabase.event("one", DELTA));
		session.lastUpdateTime(session.lastUpdateTime().truncatedTo(ChronoUnit.SECONDS));
		sessions.append(session, SessionDatabase.event("two", Map.of("own", 2)));
		Session byHand = Session.builder(session.sessionKey()).build();
		assertThat(byHand.lastUpdateTime()).isEqualTo(Instant.EPOCH);
		assertThatExceptionOfType(StaleSessionException.class)
			.isThrownBy(() -> sessions.append(byHand, SessionDatabase.event("three", Map.of())));
		Session complete = Session.builder(session.sessionKey()).events(new ArrayList<>(session.events())).build();
		sessions.append(complete, SessionDatabase.event("three", Map.of()));
		assertThat(sessions.get(session).events()).extracting(Event::stringifyContent)
			.containsExactly("one", "two", "three");
	}

	@DatabaseTest
	void missingRowsOfSharedStateAreMade(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		for (SessionTable table : new SessionTable[] { SessionTable.APP_STATES, SessionTable.USER_STATES }) {
			new JdbcTemplate(database.dataSource()).update("DELETE FROM " + sessions.table(table));
		}
		sessions.append(session, SessionDatabase.event("one", DELTA));
		assertThat(SessionDatabase.copy(sessions.get(session).state())).isEqualTo(DELTA);
	}

	@DatabaseTest
	void eventsOfOneMillisecondKeepTheirOrderAfterAnEarlierOne(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		int[] millis = { 5, 5, 3, 5, 3, 5 };
		for (int i = 0; i < millis.length; i++) {
			sessions.append(session,
					SessionDatabase.event("e" + i, Map.of())
						.toBuilder()
						.id("id-" + (9 - i))
						.timestamp(SessionDatabase.NOON + millis[i])
						.build());
		}
		assertThat(sessions.get(session).events()).extracting(Event::stringifyContent)
			.containsExactly("e2", "e4", "e0", "e1", "e3", "e5");
	}

}
