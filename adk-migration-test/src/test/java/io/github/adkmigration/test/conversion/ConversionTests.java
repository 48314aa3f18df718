package io.github.adkmigration.test.conversion;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.codec.V0EventEncoder;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every event of every V0 database that a real release wrote, converted and compared with
 * what that release reads back and with what adk-python's own converter makes of it.
 */
class ConversionTests {

	/** Databases of one writer, whose view of them is known. */
	private static final String OF_ONE_WRITER = "(?!.*(sample|-by-)).*";

	private static final Set<Deviation> SEEN = EnumSet.noneOf(Deviation.class);

	private static final Set<DatabaseDialect> RUN = EnumSet.noneOf(DatabaseDialect.class);

	@AfterAll
	static void everyDeviationOfTheListOccurs() {
		if (RUN.containsAll(Set.of(DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL))) {
			assertThat(SEEN).isEqualTo(EnumSet.allOf(Deviation.class));
		}
	}

	@FixtureTest(families = LayoutFamily.PYTHON_V0, name = OF_ONE_WRITER)
	void everyEventSaysWhatItsWriterReadsBack(Fixture fixture, TestDatabase database) throws SQLException {
		Map<String, JsonNode> readback = new HashMap<>();
		for (JsonNode session : fixture.readback().get("sessions")) {
			for (JsonNode event : session.get("events")) {
				readback.put(key(text(session, "app_name"), text(session, "user_id"), text(session, "id"),
						text(event, "id")), event);
			}
		}
		Set<String> unreadable = new HashSet<>();
		fixture.readback().get("unreadable").forEach((session) -> unreadable.add(text(session, "id")));

		EventComparison comparison = compare(database, readback);

		assertThat(comparison.unexplained()).isEmpty();
		boolean complete = unreadable.isEmpty() && fixture.readback().get("orphans").asInt() == 0;
		assertThat(comparison.deviations().contains(Deviation.ROW_LOST)).isEqualTo(!complete);
	}

	@FixtureTest(families = LayoutFamily.PYTHON_V0, dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL },
			name = OF_ONE_WRITER)
	void everyEventSaysWhatTheOfficialConverterKeeps(Fixture fixture, TestDatabase database) throws SQLException {
		Map<String, JsonNode> official = new HashMap<>();
		for (JsonNode document : List.of(fixture.official().orElseThrow(), fixture.officialUnsafe().orElseThrow())) {
			for (JsonNode event : document.get("events")) {
				official.put(key(text(event, "app_name"), text(event, "user_id"), text(event, "session_id"),
						text(event, "id")), object(event.get("event_data")));
			}
		}

		EventComparison comparison = compare(database, official);

		assertThat(official).isNotEmpty();
		assertThat(comparison.unexplained()).isEmpty();
	}

	@FixtureTest(families = LayoutFamily.PYTHON_V0, name = "(?!.*-by-).*")
	void everyEventFitsIntoBinaryJson(Fixture fixture, TestDatabase database) throws SQLException {
		V0EventEncoder encoder = new V0EventEncoder(JsonTarget.BINARY);
		List<V0Event> events = V0Rows.of(database);

		assertThat(events).isNotEmpty().allSatisfy((event) -> {
			String json = new String(encoder.encode(event, 0).json(), StandardCharsets.UTF_8);
			assertThat(json).doesNotContain("\\u0000").doesNotContainPattern("\\\\ud[89ab]");
		});
		assertThat(fixture.eventRows().orElse(events.size())).isEqualTo(events.size());
	}

	private static EventComparison compare(TestDatabase database, Map<String, JsonNode> views) throws SQLException {
		V0EventEncoder encoder = new V0EventEncoder(JsonTarget.TEXT);
		EventComparison comparison = new EventComparison();
		int compared = 0;
		for (V0Event event : V0Rows.of(database)) {
			JsonNode view = views.get(key(event.appName(), event.userId(), event.sessionId(), event.id()));
			byte[] json = encoder.encode(event, micros(view)).json();
			if (view == null) {
				comparison.rowLost();
			}
			else {
				comparison.compare(event.id(), JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8)),
						view);
				compared++;
			}
		}
		assertThat(compared).as("events with another view").isEqualTo(views.size());
		RUN.add(database.dialect());
		SEEN.addAll(comparison.deviations());
		return comparison;
	}

	/** Where the instant comes from is not the business of this test. */
	private static long micros(@Nullable JsonNode view) {
		return (view != null) ? Math.round(view.get("timestamp").asDouble() * 1_000_000) : 0;
	}

	private static JsonNode object(JsonNode data) {
		return data.isString() ? JsonMapper.shared().readTree(data.asString()) : data;
	}

	private static String text(JsonNode node, String field) {
		return node.get(field).asString();
	}

	private static String key(String... parts) {
		return String.join("\n", parts);
	}

}
