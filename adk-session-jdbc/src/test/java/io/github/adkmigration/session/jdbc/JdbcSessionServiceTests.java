package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import com.google.adk.sessions.SessionNotFoundException;
import com.google.adk.sessions.State;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.reactivex.rxjava3.core.Completable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What {@link JdbcSessionService} does beyond the contract, on every database.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("databases")
class JdbcSessionServiceTests extends SessionServiceContract {

	@Parameter
	private DatabaseProvider provider = TestDatabases.sqlite();

	private @Nullable TestDatabase database;

	private @Nullable JdbcSessionService service;

	static List<DatabaseProvider> databases() {
		return TestDatabases.all();
	}

	@BeforeEach
	void createTables() {
		assumeThat(this.provider.unavailableReason()).isEmpty();
		this.database = this.provider.newDatabase();
		HeadTables.create(dataSource(), SessionTables.defaults(), dialect());
		this.service = JdbcSessionService.builder(dataSource()).build();
	}

	@AfterEach
	void dropDatabase() {
		if (this.database != null) {
			this.database.close();
		}
	}

	private DataSource dataSource() {
		assertThat(this.database).isNotNull();
		return this.database.dataSource();
	}

	private DatabaseDialect dialect() {
		return this.provider.dialect();
	}

	@Override
	BaseSessionService service() {
		return jdbcService();
	}

	JdbcSessionService jdbcService() {
		assertThat(this.service).isNotNull();
		return this.service;
	}

	String sql(String statement) {
		for (SessionTable table : SessionTable.values()) {
			statement = statement.replace("{" + table + "}", SessionTables.defaults().sql(table, dialect()));
		}
		return statement;
	}

	@Nullable String text(String statement) {
		return new JdbcTemplate(dataSource()).queryForObject(sql(statement), String.class);
	}

	ObjectNode json(String statement) {
		return JsonText.readObject(text(statement), "the test");
	}

	int count(SessionTable table) {
		Integer count = new JdbcTemplate(dataSource())
			.queryForObject("SELECT COUNT(*) FROM " + SessionTables.defaults().sql(table, dialect()), Integer.class);
		assertThat(count).isNotNull();
		return count;
	}

	@Test
	void rowsSurviveTheService() {
		Session session = create(Map.of("a", 1));
		append(session, event("one", NOON).build());
		BaseSessionService restarted = JdbcSessionService.builder(dataSource()).build();
		Session found = restarted.getSession(session.sessionKey(), null).blockingGet();
		assertThat(found).isNotNull();
		assertThat(found.events()).isEqualTo(session.events());
		assertThat(copy(found.state())).isEqualTo(Map.of("a", 1));
	}

	@Test
	void everySessionHasRowsOfSharedState() {
		create(Map.of());
		assertThat(json("SELECT state FROM {APP_STATES}")).isEmpty();
		assertThat(json("SELECT state FROM {USER_STATES}")).isEmpty();
		assertThat(count(SessionTable.APP_STATES)).isOne();
		assertThat(count(SessionTable.USER_STATES)).isOne();
	}

	@Test
	void sharedStateIsStoredWithoutPrefix() {
		create(Map.of("app:tax", 1, "user:name", "Ada", "own", true, "temp:x", new Object()));
		assertThat(text("SELECT state FROM {APP_STATES}")).isEqualToIgnoringWhitespace("{\"tax\":1}");
		assertThat(text("SELECT state FROM {USER_STATES}")).isEqualToIgnoringWhitespace("{\"name\":\"Ada\"}");
		assertThat(text("SELECT state FROM {SESSIONS}")).isEqualToIgnoringWhitespace("{\"own\":true}");
	}

	@Test
	void temporaryStateIsNotKept() {
		Session session = create(Map.of());
		append(session, delta(Map.of("temp:now", new Object(), "later", 1)));
		assertThat(session.state()).containsKey("temp:now");
		assertThat(copy(get(session).state())).isEqualTo(Map.of("later", 1));
		append(session, delta(Map.of("temp:now", State.REMOVED)));
		assertThat(copy(session.state())).isEqualTo(Map.of("later", 1));
	}

	@Test
	void initialStateIsSharedByScope() {
		Session session = create(Map.of("app:tax", 1, "user:name", "Ada", "own", 2));
		assertThat(copy(session.state())).isEqualTo(Map.of("app:tax", 1, "user:name", "Ada", "own", 2));
		Session stranger = service().createSession(APP, "stranger", Map.of("app:tax", 3), null).blockingGet();
		assertThat(copy(stranger.state())).isEqualTo(Map.of("app:tax", 3));
		assertThat(copy(get(session).state())).isEqualTo(Map.of("app:tax", 3, "user:name", "Ada", "own", 2));
	}

	@Test
	void eventIsStoredAsAdkPythonWritesIt() {
		Session session = create(Map.of());
		Event event = event("Größe", NOON).id("E1")
			.actions(EventActions.builder().stateDelta(Map.of("keyOne", Map.of("keyTwo", 1), "temp:t", 2)).build())
			.build();
		append(session, event);
		assertThat(json("SELECT event_data FROM {EVENTS}")).isEqualTo(JsonText.readObject("""
				{"content": {"parts": [{"text": "Größe"}], "role": "user"}, "invocation_id": "e-1", "author": "user",
				"actions": {"state_delta": {"keyOne": {"keyTwo": 1}}, "artifact_delta": {},
				"requested_auth_configs": {}, "requested_tool_confirmations": {}}, "id": "E1",
				"timestamp": 1762084800.123}""", "the test"));
	}

	@Test
	void columnsHoldUtc() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		String expected = "2025-11-02 12:00:00.123";
		assertThat(text("SELECT CAST(timestamp AS CHAR(23)) FROM {EVENTS}")).startsWith(expected);
		assertThat(text("SELECT CAST(update_time AS CHAR(23)) FROM {SESSIONS}")).startsWith(expected);
	}

	@Test
	void columnsHoldUtcInEveryZoneOfTheJvm() {
		TimeZone zone = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
		try {
			columnsHoldUtc();
			assertThat(service().listSessions(APP, USER).blockingGet().sessions()).singleElement()
				.satisfies((session) -> {
					assertThat(session.lastUpdateTime()).isEqualTo(Instant.ofEpochMilli(NOON));
					GetSessionConfig since = GetSessionConfig.builder()
						.afterTimestamp(session.lastUpdateTime())
						.build();
					assertThat(get(session, since).events()).hasSize(1);
				});
		}
		finally {
			TimeZone.setDefault(zone);
		}
	}

	@Test
	void rowOfPythonIsReadWithWhatJavaDoesNotKnow() {
		Session session = create(Map.of());
		insertEvent(session, "P1", "2025-11-02 12:00:00.123456", """
				{"content": {"parts": [{"function_call": {"name": "f", "args": {"someArg": null, "other_arg": 0.5}}}]},
				"invocation_id": "e-9", "author": "agent", "actions": {"state_delta": {"gone": null},
				"artifact_delta": {}, "requested_auth_configs": {}, "requested_tool_confirmations": {},
				"agent_state": {"x": 1}, "route": "r"}, "node_info": {"path": ""}, "isolation_scope": "i",
				"output": {"a": [1]}, "id": "P1", "timestamp": 1762084800.123456}""");
		Event event = get(session).events().get(0);
		assertThat(event.id()).isEqualTo("P1");
		assertThat(event.timestamp()).isEqualTo(NOON);
		assertThat(event.functionCalls().get(0).args().orElseThrow()).containsEntry("someArg", null)
			.containsEntry("other_arg", 0.5);
	}

	@Test
	void eventWithoutDataIsReadFromItsColumns() {
		Session session = create(Map.of());
		insertEvent(session, "P1", "2025-11-02 12:00:00.123456", null);
		Event event = get(session).events().get(0);
		assertThat(event.id()).isEqualTo("P1");
		assertThat(event.timestamp()).isEqualTo(NOON);
	}

	@Test
	void eventsOfOneTimeAreOrderedById() {
		Session session = create(Map.of());
		for (String id : List.of("b", "c", "a")) {
			insertEvent(session, id, "2025-11-02 12:00:00.123456", "{\"author\": \"x\"}");
		}
		assertThat(get(session).events()).extracting(Event::id).containsExactly("a", "b", "c");
	}

	private void insertEvent(Session session, String id, String time, @Nullable String json) {
		LocalDateTime utc = LocalDateTime.parse(time.replace(' ', 'T'));
		new JdbcTemplate(dataSource()).update(
				new AppendSql(new SqlNames(SessionTables.defaults(), dialect())).insertEvent(), APP, USER, session.id(),
				id, "e-9", TimeColumn.utc(dialect()).bind(utc), json);
	}

	@Test
	void changesOfOtherSessionsToSharedStateAreKept() {
		Session one = create(Map.of());
		Session two = create(Map.of());
		append(one, delta(Map.of("app:one", 1, "user:one", 1)));
		append(two, delta(Map.of("app:two", 2, "user:two", 2)));
		assertThat(copy(get(one).state())).isEqualTo(Map.of("app:one", 1, "user:one", 1, "app:two", 2, "user:two", 2));
	}

	@Test
	void concurrentAppendsLoseNoDelta() throws Exception {
		int threads = 4;
		int each = 10;
		inParallel(threads, (thread) -> {
			Session session = create(Map.of());
			for (int i = 0; i < each; i++) {
				append(session, delta(Map.of("app:" + thread + "-" + i, 1, "user:" + thread + "-" + i, 1)));
			}
			return session;
		});
		assertThat(json("SELECT state FROM {APP_STATES}")).hasSize(threads * each);
		assertThat(json("SELECT state FROM {USER_STATES}")).hasSize(threads * each);
		assertThat(count(SessionTable.EVENTS)).isEqualTo(threads * each);
	}

	private static <T> List<T> inParallel(int threads, ParallelWork<T> work) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<T>> calls = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int thread = i;
				calls.add(() -> work.run(thread));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(calls)) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void parallelAppendsToOneSessionObjectTakeTurns() throws Exception {
		Session session = create(Map.of());
		inParallel(4, (thread) -> {
			for (int i = 0; i < 10; i++) {
				append(session, event("any", NOON).actions(change(thread + "-" + i)).build());
			}
			return session;
		});
		assertThat(get(session).state()).hasSize(40);
		assertThat(get(session).events()).extracting(Event::id)
			.containsExactlyElementsOf(session.events().stream().map(Event::id).toList());
	}

	private static EventActions change(String key) {
		return EventActions.builder().stateDelta(Map.of(key, 1)).build();
	}

	@Test
	void existingSessionIsNotOverwritten() {
		Session session = create(Map.of("a", 1));
		assertThatExceptionOfType(SessionException.class)
			.isThrownBy(() -> service().createSession(APP, USER, Map.of("a", 2), session.id()).blockingGet())
			.withMessageContaining("already exists");
		assertThat(copy(get(session).state())).isEqualTo(Map.of("a", 1));
	}

	@Test
	void appendToADeletedSessionIsRefused() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		service().deleteSession(APP, USER, session.id()).blockingAwait();
		assertThatExceptionOfType(SessionNotFoundException.class)
			.isThrownBy(() -> append(session, event("two", NOON).build()))
			.withMessageContaining(session.id());
		assertThat(count(SessionTable.EVENTS)).isZero();
		assertThat(session.events()).hasSize(1);
	}

	@Test
	void refusedAppendLeavesNothing() {
		Session session = create(Map.of());
		append(session, event("one", NOON).id("E1").build());
		Event again = event("two", NOON + 1).id("E1")
			.actions(EventActions.builder().stateDelta(Map.of("a", 1, "app:a", 1)).build())
			.build();
		assertThatExceptionOfType(SessionException.class).isThrownBy(() -> append(session, again))
			.withMessage("An event with the id 'E1' already exists in the session '" + session.id() + "'.");
		assertThat(get(session).state()).isEmpty();
		assertThat(get(session).events()).hasSize(1);
		assertThat(session.events()).hasSize(1);
		assertThat(session.state()).isEmpty();
	}

	@Test
	void tooLongAndBrokenKeysAreRefused() {
		assertThat(create("x".repeat(128)).id()).hasSize(128);
		for (String id : List.of("x".repeat(129), "nul\0nul", "lone\ud83dsurrogate")) {
			assertThatExceptionOfType(SessionException.class).isThrownBy(() -> create(id))
				.withMessageContaining("session id");
		}
		assertThat(count(SessionTable.SESSIONS)).isOne();
	}

	private Session create(String id) {
		return service().createSession(APP, USER, Map.of(), id).blockingGet();
	}

	@Test
	void hostileTextIsJustText() {
		String hostile = "'; DROP TABLE sessions; -- \" ` \\ % _ ${x} :a ? {d '1'}";
		Session session = service().createSession(hostile, hostile, Map.of(hostile, hostile), hostile).blockingGet();
		append(session, event(hostile, NOON).author(hostile).invocationId(hostile).build());
		Session found = get(session);
		assertThat(copy(found.state())).isEqualTo(Map.of(hostile, hostile));
		assertThat(found.events()).isEqualTo(session.events());
		assertThat(service().listSessions(hostile, hostile).blockingGet().sessions()).hasSize(1);
	}

	@Test
	void unicodeIsKept() {
		Map<String, Object> state = Map.of("ключ 漢字", "🙂 é e\u0301 \u2028 \ufeff \ue000 \t\b\u001f", "empty", "");
		Session session = create(state);
		append(session, event("العربية 👩‍👩‍👧", NOON).build());
		assertThat(copy(get(session).state())).isEqualTo(state);
		assertThat(get(session).events()).isEqualTo(session.events());
	}

	@Test
	void nulAndLoneSurrogatesAreKeptOrRefused() {
		for (String text : List.of("a\0b", "x\ud83dy", "x\ude42y", "end\ud83d")) {
			Session session = create(Map.of());
			Event event = delta(Map.of("key", text));
			if (dialect().binaryJson()) {
				assertThatExceptionOfType(SessionException.class).isThrownBy(() -> append(session, event))
					.withMessageContaining("cannot store");
				assertThat(get(session).events()).isEmpty();
			}
			else {
				append(session, event);
				assertThat(get(session).state()).containsEntry("key", text);
			}
		}
	}

	@Test
	void numbersKeepTheirValue() {
		Map<String, Object> state = Map.of("long", Long.MIN_VALUE, "big", new BigInteger("1" + "0".repeat(60)), "tenth",
				0.1, "third", 1.0 / 3, "large", 1.5e300, "small", Double.MIN_VALUE, "int", 7);
		Session session = create(state);
		append(session, delta(Map.of("other", 1)));
		Map<String, Object> found = get(session).state();
		state.forEach((key, value) -> assertThat(found.get(key)).as(key)
			.usingComparator(
					(left, right) -> new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())))
			.isEqualTo(value));
	}

	@Test
	void numbersThatJsonLacksBecomeNull() {
		Session session = create(Map.of("nan", Double.NaN, "list", List.of(1.5, Double.POSITIVE_INFINITY)));
		append(session, delta(Map.of("more", Float.NEGATIVE_INFINITY)));
		assertThat(get(session).state()).containsOnlyKeys("list");
		assertThat(get(session).state().get("list")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly(1.5, null);
	}

	@Test
	void nullsInsideValuesAreKept() {
		Map<String, Object> inner = new HashMap<>();
		inner.put("none", null);
		Session session = create(Map.of("map", inner));
		assertThat(copy(get(session).state())).isEqualTo(Map.of("map", inner));
	}

	@Test
	void aMegabyteOfStateIsKept() {
		String text = "0123456789abcdeé".repeat(1 << 16);
		Session session = create(Map.of("text", text, "app:text", text, "user:text", text));
		append(session, delta(Map.of("small", 1)));
		assertThat(get(session).state()).containsEntry("text", text)
			.containsEntry("app:text", text)
			.containsEntry("small", 1);
	}

	@Test
	void valueWithoutJsonFormIsRefused() {
		Session session = create(Map.of());
		assertThatExceptionOfType(SessionException.class)
			.isThrownBy(() -> append(session, delta(Map.of("object", new Object()))))
			.withMessageContaining("no JSON form");
		assertThat(get(session).events()).isEmpty();
	}

	@Test
	void pagesAreCompleteAndInOrder() {
		Session session = create(Map.of());
		for (int i = 0; i < 7; i++) {
			append(session, event("event " + i, NOON + i / 3).build());
		}
		SessionKey key = session.sessionKey();
		List<Event> all = new ArrayList<>();
		List<Integer> sizes = new ArrayList<>();
		String token = null;
		do {
			ListEventsResponse page = jdbcService().listEvents(key, 3, token).blockingGet();
			all.addAll(page.events());
			sizes.add(page.events().size());
			token = page.nextPageToken().orElse(null);
		}
		while (token != null);
		assertThat(all).isEqualTo(session.events());
		assertThat(sizes).containsExactly(3, 3, 1);
	}

	@Test
	void foreignPageTokenIsRefused() {
		Session session = create(Map.of());
		assertThat(jdbcService().listEvents(session.sessionKey(), 3, null).blockingGet().events()).isEmpty();
		for (String token : List.of("", "%%%", "Zm9v", "MjAyNSB4")) {
			assertThatExceptionOfType(SessionException.class)
				.isThrownBy(() -> jdbcService().listEvents(session.sessionKey(), 3, token).blockingGet())
				.withMessageContaining("page token");
		}
	}

	@Test
	void otherTableNamesAreUsed() {
		SessionTables tables = SessionTables.withPrefix("crm_");
		HeadTables.create(dataSource(), tables, dialect());
		BaseSessionService other = JdbcSessionService.builder(dataSource()).tables(tables).build();
		Session session = other.createSession(APP, USER, Map.of("a", 1), "s").blockingGet();
		other.appendEvent(session, event("one", NOON).build()).ignoreElement().blockingAwait();
		assertThat(other.getSession(APP, USER, "s", Optional.empty()).blockingGet()).isNotNull();
		assertThat(count(SessionTable.SESSIONS)).isZero();
		assertThat(count(SessionTable.EVENTS)).isZero();
	}

	@Test
	void eventWithoutIdIsGivenOne() {
		Session session = create(Map.of());
		Event event = Event.builder().author("user").timestamp(NOON).build();
		append(session, event);
		assertThat(event.id()).isNotBlank();
		assertThat(get(session).events().get(0).id()).isEqualTo(event.id());
	}

	@Test
	void nothingHappensBeforeSubscription() {
		Session session = create(Map.of());
		service().appendEvent(session, event("one", NOON).build());
		service().deleteSession(APP, USER, session.id());
		assertThat(get(session).events()).isEmpty();
	}

	@Test
	void closedGateIsTheErrorOfEveryResultAndNothingIsDone() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		AtomicBoolean open = new AtomicBoolean();
		IllegalStateException closed = new IllegalStateException("closed");
		JdbcSessionService gated = JdbcSessionService.builder(dataSource()).gate(() -> {
			if (!open.get()) {
				throw closed;
			}
		}).build();
		List<Completable> uses = List.of(gated.createSession(APP, USER, Map.of(), "other").ignoreElement(),
				gated.getSession(APP, USER, session.id(), Optional.empty()).ignoreElement(),
				gated.listSessions(APP, USER).ignoreElement(),
				gated.listEvents(APP, USER, session.id()).ignoreElement(),
				gated.listEvents(session.sessionKey(), 1, null).ignoreElement(),
				gated.appendEvent(session, event("two", NOON + 1).build()).ignoreElement(),
				gated.appendEvent(session, event("part", NOON + 1).partial(true).build()).ignoreElement(),
				gated.deleteSession(APP, USER, session.id()));
		assertThat(uses).allSatisfy((use) -> use.test().await().assertError(closed));
		assertThat(count(SessionTable.SESSIONS)).isOne();
		assertThat(get(session).events()).hasSize(1);
		open.set(true);
		assertThat(uses).allSatisfy((use) -> use.test().await().assertComplete());
		assertThat(count(SessionTable.SESSIONS)).isOne();
		assertThat(gated.getSession(APP, USER, "other", Optional.empty()).blockingGet()).isNotNull();
	}

	@Test
	void databaseIsNotUsedOnTheSubscribersThread() {
		Thread[] used = new Thread[1];
		service().createSession(APP, USER)
			.doOnSuccess((session) -> used[0] = Thread.currentThread())
			.ignoreElement()
			.blockingAwait();
		assertThat(used[0]).isNotNull().isNotEqualTo(Thread.currentThread());
	}

	@Test
	void recentlyChangedSessionsAreListedFirst() {
		Session one = create(Map.of());
		Session two = create(Map.of());
		append(one, event("one", Instant.now().toEpochMilli() + 60_000).build());
		assertThat(service().listSessions(APP, USER).blockingGet().sessionIds()).containsExactly(one.id(), two.id());
	}

	private interface ParallelWork<T> {

		T run(int thread) throws Exception;

	}

}
