package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Databases that real releases of adk-python wrote in their V1 form are read as those
 * releases read them.
 */
class PythonFixtureTests {

	private static final String V1 = "(python-(1\\.2[2-9]|2)[.0-9]*|mixed-v1-.*)\\.(sqlite|postgresql)";

	/** Older releases leave the order of events of one time to the database. */
	private static final String ORDERED_BY_ID = "2\\.([7-9]|1\\d)\\..*";

	/** What google-adk's types have no place for. */
	private static final Set<String> PYTHON_ONLY = Set.of("node_info", "output", "isolation_scope", "interaction_id",
			"citation_metadata", "live_session_resumption_update");

	private static final Set<String> PYTHON_ONLY_ACTIONS = Set.of("agent_state", "route", "set_model_response",
			"transfer_reason", "rewind_before_invocation_id", "render_ui_widgets");

	@FixtureTest(name = V1)
	void sessionsAreReadAsTheWriterReadsThem(Fixture fixture, TestDatabase database) {
		JdbcSessionService service = JdbcSessionService.builder(database.dataSource()).build();
		List<JsonNode> expected = new ArrayList<>();
		JsonText.readValue(fixture.readback().toString(), "the readback").path("sessions").forEach(expected::add);
		assertThat(expected).isNotEmpty();
		for (JsonNode writer : expected) {
			SessionKey key = new SessionKey(writer.path("app_name").asText(), writer.path("user_id").asText(),
					writer.path("id").asText());
			Session session = service.getSession(key, null).blockingGet();
			assertThat(session).as(key.toString()).isNotNull();
			List<String> ids = new ArrayList<>();
			writer.path("events").forEach((event) -> ids.add(event.path("id").asText()));
			assertThat(session.events()).extracting(Event::id).containsExactlyInAnyOrderElementsOf(ids);
			if (fixture.release().matches(ORDERED_BY_ID)) {
				assertThat(session.events()).extracting(Event::id).containsExactlyElementsOf(ids);
			}
			assertThat(Meaning.differences(Meaning.withoutNulls(Meaning.of(writer.path("state"))),
					Meaning.withoutNulls(Meaning.of(ModelMapper.toTree(session.state())))))
				.as("state of " + key)
				.isEmpty();
			assertThat(service.listSessions(key.appName(), key.userId()).blockingGet().sessionIds()).contains(key.id());
		}
	}

	@FixtureTest(name = V1)
	void eventsAreWrittenAsTheyWereRead(Fixture fixture, TestDatabase database) {
		JdbcSessionService service = JdbcSessionService.builder(database.dataSource()).build();
		String events = SessionTables.defaults().sql(SessionTable.EVENTS, database.dialect());
		List<Map<String, Object>> rows = new JdbcTemplate(database.dataSource())
			.queryForList("SELECT app_name, user_id, session_id, id, event_data FROM " + events);
		assertThat(rows).isNotEmpty();
		Map<SessionKey, @Nullable Session> sessions = new HashMap<>();
		List<String> found = new ArrayList<>();
		for (Map<String, Object> row : rows) {
			ObjectNode data = JsonText.readObject(String.valueOf(row.get("event_data")), "the fixture");
			SessionKey key = new SessionKey(String.valueOf(row.get("app_name")), String.valueOf(row.get("user_id")),
					String.valueOf(row.get("session_id")));
			Session session = sessions.computeIfAbsent(key, (unread) -> service.getSession(unread, null).blockingGet());
			assertThat(session).isNotNull();
			Event event = session.events()
				.stream()
				.filter((candidate) -> candidate.id().equals(row.get("id")))
				.findFirst()
				.orElseThrow();
			Event byTree = EventJson.decode(data, event.id(), event.invocationId(), Instant.EPOCH);
			Meaning.differences(Meaning.of(ModelMapper.toTree(byTree)), Meaning.of(ModelMapper.toTree(event)))
				.forEach((difference) -> found.add(row.get("id") + " at once" + difference));
			assertThat(event.timestamp() / 1000.0).isCloseTo(data.path("timestamp").doubleValue(), within(0.001));
			ObjectNode written = EventJson.encode(event, EpochSeconds.toInstant(data.path("timestamp")));
			leaveOut(data);
			written.remove("timestamp");
			sortToolIds(data);
			Meaning.differences(Meaning.of(data), Meaning.of(written))
				.forEach((difference) -> found.add(row.get("id") + difference));
		}
		assertThat(found).isEmpty();
	}

	/** Releases before 2.7.0 wrote the set in any order. */
	private static void sortToolIds(ObjectNode data) {
		if (data.get("long_running_tool_ids") instanceof ArrayNode ids) {
			Set<String> sorted = new TreeSet<>();
			ids.forEach((id) -> sorted.add(id.asText()));
			ids.removeAll();
			sorted.forEach(ids::add);
		}
	}

	/**
	 * What google-adk's types have no place for: fields, integers beyond 32 bits, the
	 * digits behind the microsecond, and {@code false} where it is the default.
	 */
	private static void leaveOut(ObjectNode data) {
		data.remove(PYTHON_ONLY);
		data.remove("timestamp");
		ObjectNode actions = data.withObjectProperty("actions");
		actions.remove(PYTHON_ONLY_ACTIONS);
		actions.withObjectProperty("artifact_delta").removeIf((version) -> !version.canConvertToInt());
		if (!actions.path("end_of_agent").asBoolean()) {
			actions.remove("end_of_agent");
		}
		if (data.get("usage_metadata") instanceof ObjectNode usage) {
			usage.removeIf((count) -> count.isIntegralNumber() && !count.canConvertToInt());
		}
	}

}
