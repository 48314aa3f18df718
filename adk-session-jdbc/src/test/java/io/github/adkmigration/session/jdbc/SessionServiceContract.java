package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.events.EventCompaction;
import com.google.adk.events.ToolConfirmation;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.State;
import com.google.genai.types.Content;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.Part;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every session service does, google-adk's own in-memory one included.
 */
abstract class SessionServiceContract {

	static final String APP = "shop";

	static final String USER = "user-7";

	static final long NOON = 1_762_084_800_123L;

	abstract BaseSessionService service();

	Session create(Map<String, Object> state) {
		return service().createSession(APP, USER, state, null).blockingGet();
	}

	Session get(Session session) {
		return service().getSession(session.appName(), session.userId(), session.id(), Optional.empty()).blockingGet();
	}

	Session get(Session session, GetSessionConfig config) {
		return service().getSession(session.sessionKey(), config).blockingGet();
	}

	static Event.Builder event(String text, long time) {
		return Event.builder()
			.id(Event.generateEventId())
			.invocationId("e-1")
			.author("user")
			.content(Content.fromParts(Part.fromText(text)))
			.timestamp(time);
	}

	static Event delta(Map<String, Object> delta) {
		return event("delta", NOON).actions(EventActions.builder().stateDelta(delta).build()).build();
	}

	/** google-adk's State equals no other map. */
	static Map<String, Object> copy(Map<String, Object> state) {
		return new HashMap<>(state);
	}

	Event append(Session session, Event event) {
		return service().appendEvent(session, event).blockingGet();
	}

	@Test
	void createdSessionIsFound() {
		Session session = create(Map.of("cart", List.of(1, 2)));
		Session found = get(session);
		assertThat(found.id()).isEqualTo(session.id());
		assertThat(found.appName()).isEqualTo(APP);
		assertThat(found.userId()).isEqualTo(USER);
		assertThat(copy(found.state())).isEqualTo(Map.of("cart", List.of(1, 2)));
		assertThat(found.events()).isEmpty();
		assertThat(found.lastUpdateTime()).isEqualTo(session.lastUpdateTime());
	}

	@Test
	void createdSessionHasTheGivenId() {
		Session session = service().createSession(APP, USER, (Map<String, Object>) null, " s-1 ").blockingGet();
		assertThat(session.id()).isEqualTo("s-1");
		assertThat(session.state()).isEmpty();
		assertThat(session.events()).isEmpty();
	}

	@Test
	void createdSessionsHaveIdsOfTheirOwn() {
		assertThat(create(Map.of()).id()).isNotEqualTo(create(Map.of()).id());
	}

	@Test
	void deprecatedCreateDoesTheSame() {
		@SuppressWarnings("deprecation")
		Session session = service()
			.createSession(APP, USER, new ConcurrentHashMap<>(Map.<String, Object>of("a", 1)), "s-2")
			.blockingGet();
		assertThat(get(session).state()).containsEntry("a", 1);
	}

	@Test
	void unknownSessionIsNotFound() {
		Session session = create(Map.of());
		assertThat(get(session)).isNotNull();
		assertThat(service().getSession(APP, USER, "nobody", Optional.empty()).isEmpty().blockingGet()).isTrue();
		assertThat(service().getSession(APP, "other", session.id(), Optional.empty()).isEmpty().blockingGet()).isTrue();
		assertThat(service().getSession("other", USER, session.id(), Optional.empty()).isEmpty().blockingGet())
			.isTrue();
	}

	@Test
	void appendedEventsAreReadInOrder() {
		Session session = create(Map.of());
		Event first = append(session, event("one", NOON).build());
		Event second = append(session, event("two", NOON + 1).author("agent").build());
		assertThat(session.events()).containsExactly(first, second);
		assertThat(get(session).events()).containsExactly(first, second);
	}

	@Test
	void eventsOfOneMillisecondKeepTheirOrder() {
		Session session = create(Map.of());
		for (int i = 0; i < 20; i++) {
			append(session, event("event " + i, NOON).build());
		}
		assertThat(get(session).events()).extracting(Event::stringifyContent)
			.containsExactlyElementsOf(session.events().stream().map(Event::stringifyContent).toList());
		assertThat(get(session).events()).extracting(Event::timestamp).containsOnly(NOON);
	}

	@Test
	void appendReturnsTheEventItWasGiven() {
		Session session = create(Map.of());
		Event event = event("one", NOON).build();
		assertThat(append(session, event)).isSameAs(event);
	}

	@Test
	void appendMovesTheUpdateTime() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		assertThat(session.lastUpdateTime().toEpochMilli()).isEqualTo(NOON);
		assertThat(get(session).lastUpdateTime().toEpochMilli()).isEqualTo(NOON);
	}

	@Test
	void partialEventIsNotStored() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		Event partial = event("par", NOON + 1).partial(true).build();
		assertThat(append(session, partial)).isSameAs(partial);
		assertThat(session.events()).hasSize(1);
		assertThat(get(session).events()).hasSize(1);
	}

	@Test
	void everyFieldOfAnEventIsReadBack() {
		Session session = create(Map.of());
		Event event = event("all", NOON)
			.content(Content.builder()
				.role("model")
				.parts(Part.fromText("ä漢🙂"), Part.fromBytes(new byte[] { -1, -2, 62, 63 }, "image/png"),
						Part.builder()
							.functionCall(FunctionCall.builder()
								.id("c-1")
								.name("search")
								.args(Map.of("camelCase", Map.of("snake_case", List.of(1, 2.5, true)))))
							.build())
				.build())
			.branch("root.agent")
			.longRunningToolIds(Set.of("c-1"))
			.partial(false)
			.turnComplete(true)
			.interrupted(false)
			.errorCode(new FinishReason("STRANGE_CODE"))
			.errorMessage("strange")
			.finishReason(new FinishReason("STOP"))
			.avgLogprobs(-0.25)
			.modelVersion("model-1")
			.customMetadata(List.of(CustomMetadata.builder().key("aB").numericValue(1.5f).build(),
					CustomMetadata.builder().key("a_b").stringValue("text").build()))
			.actions(EventActions.builder()
				.skipSummarization(true)
				.stateDelta(Map.of("plain", 1))
				.artifactDelta(Map.of("file_name.txt", 3))
				.deletedArtifactIds(Set.of("gone.txt"))
				.transferToAgent("other")
				.escalate(true)
				.endOfAgent(true)
				.requestedAuthConfigs(Map.of("c-1", Map.of("auth_scheme", Map.of("tokenUrl", "u"))))
				.requestedToolConfirmations(Map.of("camelId",
						ToolConfirmation.builder().hint("ok?").payload(Map.of("some_key", 1)).build()))
				.compaction(EventCompaction.builder()
					.startTimestamp(NOON - 5)
					.endTimestamp(NOON - 1)
					.compactedContent(Content.fromParts(Part.fromText("short")))
					.build())
				.build())
			.build();
		append(session, event);
		// As trees, because a blob of google-genai equals only itself.
		assertThat(get(session).events()).extracting((found) -> Meaning.of(ModelMapper.toTree(found)))
			.containsExactly(Meaning.of(ModelMapper.toTree(event)));
	}

	@Test
	void stateDeltaIsMergedByScope() {
		Session session = create(Map.of("kept", "k", "app:tax", 1, "user:name", "Ada"));
		append(session, delta(Map.of("cart", 2, "app:tax", 3, "user:lang", "de")));
		Map<String, Object> expected = Map.of("kept", "k", "cart", 2, "app:tax", 3, "user:name", "Ada", "user:lang",
				"de");
		assertThat(copy(session.state())).isEqualTo(expected);
		assertThat(copy(get(session).state())).isEqualTo(expected);
	}

	@Test
	void sharedStateIsSeenByTheOthersItBelongsTo() {
		Session mine = create(Map.of());
		append(mine, delta(Map.of("app:tax", 3, "user:lang", "de", "own", 1)));
		assertThat(copy(create(Map.of()).state())).isEqualTo(Map.of("app:tax", 3, "user:lang", "de"));
		Session stranger = service().createSession(APP, "stranger").blockingGet();
		assertThat(copy(get(stranger).state())).isEqualTo(Map.of("app:tax", 3));
		Session elsewhere = service().createSession("other-app", USER).blockingGet();
		assertThat(get(elsewhere).state()).isEmpty();
	}

	@Test
	void removedKeysAreGone() {
		Session session = create(Map.of());
		append(session, delta(Map.of("own", 1, "app:tax", 2, "user:lang", "de")));
		append(session, delta(Map.of("own", State.REMOVED, "app:tax", State.REMOVED, "user:lang", State.REMOVED)));
		assertThat(get(session).state()).isEmpty();
		assertThat(get(session).events().get(1).actions().stateDelta()).containsEntry("own", State.REMOVED);
	}

	@Test
	void temporaryStateStaysInTheSessionObject() {
		Session session = create(Map.of());
		append(session, delta(Map.of("temp:step", 1, "own", 2)));
		assertThat(copy(session.state())).isEqualTo(Map.of("temp:step", 1, "own", 2));
		append(session, delta(Map.of("temp:step", State.REMOVED)));
		assertThat(copy(session.state())).isEqualTo(Map.of("own", 2));
	}

	@Test
	void nestedValuesAreReplacedAndNotMerged() {
		Session session = create(Map.of("map", Map.of("a", 1)));
		append(session, delta(Map.of("map", Map.of("b", 2))));
		assertThat(copy(get(session).state())).isEqualTo(Map.of("map", Map.of("b", 2)));
	}

	@Test
	void recentEventsAreTheLastOnes() {
		Session session = create(Map.of());
		for (int i = 0; i < 5; i++) {
			append(session, event("event " + i, NOON + i).build());
		}
		assertThat(get(session, GetSessionConfig.builder().numRecentEvents(2).build()).events())
			.extracting(Event::stringifyContent)
			.containsExactly("event 3", "event 4");
		assertThat(get(session, GetSessionConfig.builder().numRecentEvents(9).build()).events()).hasSize(5);
		assertThat(get(session, GetSessionConfig.builder().numRecentEvents(0).build()).events()).isEmpty();
	}

	@Test
	void eventsAfterATimeIncludeThatTime() {
		Session session = create(Map.of());
		for (int i = 0; i < 5; i++) {
			append(session, event("event " + i, NOON + i).build());
		}
		GetSessionConfig.Builder config = GetSessionConfig.builder().afterTimestamp(Instant.ofEpochMilli(NOON + 3));
		assertThat(get(session, config.build()).events()).extracting(Event::stringifyContent)
			.containsExactly("event 3", "event 4");
		assertThat(get(session, config.numRecentEvents(1).build()).events()).extracting(Event::stringifyContent)
			.containsExactly("event 4");
	}

	@Test
	void everyInstantIsAllowedAsFirstTime() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		for (Instant early : List.of(Instant.MIN, Instant.EPOCH, Instant.ofEpochMilli(NOON))) {
			assertThat(get(session, GetSessionConfig.builder().afterTimestamp(early).build()).events()).hasSize(1);
		}
		for (Instant late : List.of(Instant.ofEpochMilli(NOON).plusNanos(1), Instant.MAX)) {
			assertThat(get(session, GetSessionConfig.builder().afterTimestamp(late).build()).events()).isEmpty();
		}
	}

	@Test
	void sessionsOfAUserAreListedWithStateAndWithoutEvents() {
		Session one = create(Map.of("n", 1));
		Session two = create(Map.of("n", 2));
		service().createSession(APP, "stranger").ignoreElement().blockingAwait();
		append(one, delta(Map.of("user:name", "Ada")));
		List<Session> listed = service().listSessions(APP, USER).blockingGet().sessions();
		assertThat(listed).extracting(Session::id).containsExactlyInAnyOrder(one.id(), two.id());
		assertThat(listed).allSatisfy((session) -> {
			assertThat(session.events()).isEmpty();
			assertThat(session.state()).containsEntry("user:name", "Ada").containsKey("n");
		});
	}

	@Test
	void nobodyHasNoSessions() {
		create(Map.of());
		assertThat(service().listSessions(APP, USER).blockingGet().sessions()).hasSize(1);
		assertThat(service().listSessions(APP, "nobody").blockingGet().sessions()).isEmpty();
	}

	@Test
	void eventsAreListedInOrder() {
		Session session = create(Map.of());
		append(session, event("one", NOON).build());
		append(session, event("two", NOON + 1).build());
		ListEventsResponse listed = service().listEvents(APP, USER, session.id()).blockingGet();
		assertThat(listed.events()).extracting(Event::stringifyContent).containsExactly("one", "two");
		assertThat(listed.nextPageToken()).isEmpty();
		assertThat(service().listEvents(APP, USER, "nobody").blockingGet().events()).isEmpty();
	}

	@Test
	void deletedSessionIsGoneAndItsSharedStateStays() {
		Session session = create(Map.of());
		append(session, delta(Map.of("user:name", "Ada")));
		Session other = create(Map.of());
		service().deleteSession(APP, USER, session.id()).blockingAwait();
		assertThat(service().getSession(session.sessionKey(), null).isEmpty().blockingGet()).isTrue();
		assertThat(service().listEvents(APP, USER, session.id()).blockingGet().events()).isEmpty();
		assertThat(get(other).state()).containsEntry("user:name", "Ada");
	}

	@Test
	void deletingNothingIsAllowed() {
		Session session = create(Map.of());
		service().deleteSession(APP, USER, "nobody").blockingAwait();
		assertThat(get(session)).isNotNull();
	}

	@Test
	void closingASessionKeepsIt() {
		Session session = create(Map.of());
		service().closeSession(session).blockingAwait();
		assertThat(get(session)).isNotNull();
	}

}
