package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionNotFoundException;
import com.google.adk.sessions.State;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What cannot be stored is refused with a clear failure, and nothing of it is stored.
 */
class BadInputTests {

	@DatabaseTest
	void eventsThatCannotBeStoredAreRefusedWhole(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		for (Event bad : List.of(event().id("x".repeat(129)).build(), event().id("a\0").build(),
				event().invocationId("x".repeat(257)).build(), event().invocationId("\ud83d").build(),
				event().timestamp(Long.MAX_VALUE).build(), event().timestamp(Long.MIN_VALUE).build(),
				SessionDatabase.event("deep", Map.of("own", nested(3000), "app:a", 1)),
				SessionDatabase.event("endless", Map.of("own", endless(), "app:a", 1)),
				SessionDatabase.event("object", Map.of("own", new Object(), "user:u", 1)))) {
			assertThatExceptionOfType(SessionException.class).isThrownBy(() -> sessions.append(session, bad));
		}
		assertThat(session.events()).isEmpty();
		assertThat(sessions.count(SessionTable.EVENTS)).isZero();
		assertThat(sessions.get(session).state()).isEmpty();
		assertThat(sessions.get(session).lastUpdateTime()).isEqualTo(session.lastUpdateTime());
		assertThatNoException().isThrownBy(
				() -> sessions.append(session, event().id("x".repeat(128)).invocationId("x".repeat(256)).build()));
	}

	private static Event.Builder event() {
		return SessionDatabase.event("bad", Map.of("own", 1, "app:a", 1, "user:u", 1)).toBuilder();
	}

	private static Object nested(int depth) {
		Object value = 1;
		for (int i = 0; i < depth; i++) {
			value = List.of(value);
		}
		return value;
	}

	private static Object endless() {
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		return map;
	}

	@DatabaseTest
	void everyTimeOfAnEventIsStored(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		for (String time : List.of("1969-12-31T23:59:59.999Z", "1000-01-01T00:00:00Z", "5138-11-16T09:46:39.999Z")) {
			Session session = sessions.create(Map.of());
			long millis = Instant.parse(time).toEpochMilli();
			sessions.append(session, SessionDatabase.event("then", Map.of()).toBuilder().timestamp(millis).build());
			assertThat(sessions.get(session).events()).extracting(Event::timestamp).containsExactly(millis);
			assertThat(sessions.get(session).lastUpdateTime()).isEqualTo(session.lastUpdateTime());
		}
	}

	@DatabaseTest
	void namesThatCannotBeStoredAreRefused(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		for (String bad : List.of("x".repeat(129), "\0", "\udc00")) {
			assertThatExceptionOfType(SessionException.class)
				.isThrownBy(() -> sessions.service.createSession(bad, "u", Map.of(), "s").blockingGet())
				.withMessageContaining("app name");
			assertThatExceptionOfType(SessionException.class)
				.isThrownBy(() -> sessions.service.createSession("a", bad, Map.of(), "s").blockingGet())
				.withMessageContaining("user id");
		}
		assertThat(sessions.count(SessionTable.SESSIONS)).isZero();
		assertThat(sessions.count(SessionTable.APP_STATES)).isZero();
	}

	@DatabaseTest
	void namesThatCannotBeStoredAreNotFound(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		for (String odd : List.of("x".repeat(5000), "nobody", "' OR '1'='1", "\\", "%", "\0", "\udc00")) {
			Session unknown = Session.builder(odd).appName(SessionDatabase.APP).userId(SessionDatabase.USER).build();
			assertThatExceptionOfType(SessionNotFoundException.class)
				.isThrownBy(() -> sessions.append(unknown, SessionDatabase.event("one", Map.of("app:a", 1))));
			assertThat(sessions.service.getSession(unknown.sessionKey(), null).isEmpty().blockingGet()).isTrue();
			sessions.service.deleteSession(unknown.sessionKey()).blockingAwait();
			assertThat(sessions.service.listEvents(unknown.sessionKey()).blockingGet().events()).isEmpty();
			assertThat(sessions.service.listSessions(SessionDatabase.APP, odd).blockingGet().sessions()).isEmpty();
		}
		assertThat(sessions.get(session).state()).isEmpty();
		assertThat(sessions.count(SessionTable.EVENTS)).isZero();
	}

	@DatabaseTest
	void sixteenMegabytesAreStoredOrRefusedWhole(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		String text = "0123456789abcdef".repeat(1 << 20);
		Session expected = session;
		try {
			sessions.append(session, SessionDatabase.event("large", Map.of("own", text, "app:small", 1)));
		}
		catch (SessionException ex) {
			assertThat(ex).hasMessageStartingWith("Could not append the event: the database refused");
			assertThat(session.events()).isEmpty();
			assertThat(sessions.count(SessionTable.EVENTS)).isZero();
			assertThat(sessions.get(expected).state()).isEmpty();
			return;
		}
		assertThat(sessions.get(session).state()).containsEntry("own", text).containsEntry("app:small", 1);
	}

	@DatabaseTest
	void numbersThatPythonCannotReadAreRefused(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		for (Number bad : List.of(BigInteger.TEN.pow(4300), BigInteger.TEN.pow(10001).negate(),
				new BigDecimal("1E+20000"), new BigDecimal("1E-20000"), new BigDecimal("1E+2147483647"))) {
			assertThatExceptionOfType(SessionException.class)
				.isThrownBy(
						() -> sessions.append(session, SessionDatabase.event("long", Map.of("user:n", List.of(bad)))))
				.withMessageContaining("4300 digits");
			assertThatExceptionOfType(SessionException.class).isThrownBy(() -> sessions.create(Map.of("app:n", bad)))
				.withMessageContaining("4300 digits");
		}
		BigInteger longest = BigInteger.TEN.pow(4300).subtract(BigInteger.ONE);
		sessions.append(session, SessionDatabase.event("longest", Map.of("user:n", longest)));
		assertThat(sessions.get(session).state()).containsEntry("user:n", longest);
	}

	@DatabaseTest
	void whatIsStoredCanBeReadHoweverLongItIs(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		Session session = sessions.create(Map.of());
		String name = "user:" + "x".repeat(60_000);
		sessions.append(session, SessionDatabase.event("name", Map.of(name, 1)));
		assertThat(sessions.get(session).state()).containsEntry(name, 1);
		new JdbcTemplate(database.dataSource()).update("UPDATE " + sessions.table(SessionTable.SESSIONS)
				+ " SET state = '{\"n\": " + BigInteger.TEN.pow(10_001) + "}'");
		assertThat(sessions.get(session).state()).containsKey("n");
	}

	@DatabaseTest
	void keyThatIsRemovedFromAnInitialStateIsNotStored(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		assertThat(sessions.create(Map.of("a", 1, "gone", State.REMOVED)).state()).containsOnlyKeys("a");
		assertThat(JsonText.readObject(sessions.text("state", SessionTable.SESSIONS), "the test").has("gone"))
			.isFalse();
	}

}
