package io.github.adkmigration.test.migration;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.test.fixture.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What adk-go, adk-js and SQLSpec read back of their own events, in the words of
 * adk-python.
 */
final class OtherReadback {

	private static final Set<String> OPAQUE = Set.of("args", "response", "stateDelta", "artifactDelta", "payload",
			"customMetadata", "output");

	private static final List<String> ALWAYS = List.of("state_delta", "artifact_delta", "requested_auth_configs",
			"requested_tool_confirmations");

	private final JsonNode document;

	private final LayoutFamily family;

	private final String release;

	OtherReadback(Fixture fixture) {
		this.document = fixture.readback();
		this.family = fixture.family();
		this.release = fixture.release();
	}

	List<JsonNode> sessions() {
		return List.copyOf(this.document.get("sessions").values());
	}

	/**
	 * Return each event by its key.
	 */
	Map<String, JsonNode> events() {
		Map<String, JsonNode> events = new TreeMap<>();
		for (JsonNode session : sessions()) {
			String prefix = session.get("appName").asString() + "/" + session.get("userId").asString() + "/"
					+ session.get("id").asString() + "/";
			for (JsonNode event : session.get("events").values()) {
				events.put(prefix + event.get("id").asString(), event((ObjectNode) event, this.family));
			}
		}
		return events;
	}

	/**
	 * Return each event of adk-python, and of adk-go where that has written too, by its
	 * id.
	 */
	Map<String, JsonNode> byId() {
		Map<String, JsonNode> events = new TreeMap<>();
		sessions().forEach((session) -> session.get("events")
			.forEach((event) -> events.put(event.get("id").asString(), event((ObjectNode) event, this.family))));
		ofGo().forEach((session) -> session.get("events")
			.forEach((event) -> events.put(event.get("id").asString(), event((ObjectNode) event, LayoutFamily.GO))));
		return events;
	}

	/**
	 * Return the sessions that adk-go has written into tables of adk-python.
	 */
	List<JsonNode> ofGo() {
		return this.document.has("goSessions") ? List.copyOf(this.document.get("goSessions").values()) : List.of();
	}

	/**
	 * Return the state that a reader of head finds. Before 0.51.0 SQLSpec kept that of
	 * the application and of the user with each session, and the newest counts.
	 */
	JsonNode state(JsonNode session) {
		ObjectNode state = ((ObjectNode) session.get("state")).deepCopy();
		if (this.release.startsWith("0.31.") || this.release.startsWith("0.46.")) {
			sessions().stream()
				.sorted(Comparator.comparing(this::updated))
				.forEach((other) -> other.get("state").properties().forEach((entry) -> {
					boolean app = entry.getKey().startsWith("app:");
					boolean user = entry.getKey().startsWith("user:")
							&& other.get("userId").equals(session.get("userId"));
					if (app || user) {
						state.set(entry.getKey(), entry.getValue());
					}
				}));
		}
		// What was meant for one call is not kept.
		state.remove("temp:gone");
		return state;
	}

	/**
	 * Return when a session was written to last, microseconds since 1970.
	 */
	long updated(JsonNode session) {
		return switch (this.family) {
			case GO -> session.get("lastUpdateTimeMicros").asLong();
			case SQLSPEC -> Math.round(session.get("lastUpdateTime").asDouble() * 1e6);
			default -> session.get("lastUpdateTime").asLong() * 1000;
		};
	}

	private ObjectNode event(ObjectNode event, LayoutFamily family) {
		ObjectNode expected = MigratedEvents.JSON.createObjectNode();
		event.properties().forEach((field) -> {
			String name = field.getKey();
			JsonNode value = field.getValue();
			switch (name) {
				case "timestamp", "timestampMicros", "routes", "route", "requestedInput" -> {
				}
				default -> expected.set(snake(name), value(name, value));
			}
		});
		BigDecimal time = switch (family) {
			case GO -> BigDecimal.valueOf(event.get("timestampMicros").asLong(), 6);
			case JS -> event.get("timestamp").decimalValue().movePointLeft(3);
			default -> event.get("timestamp").decimalValue();
		};
		expected.put("timestamp", time);
		ObjectNode actions = (ObjectNode) expected.get("actions");
		ALWAYS.stream().filter((name) -> !actions.has(name)).forEach(actions::putObject);
		for (String name : List.of("routes", "route")) {
			if (event.has(name)) {
				actions.set("route", event.get(name));
			}
		}
		if (event.has("requestedInput")) {
			expected.withObject("/custom_metadata").set("adk_go_requested_input", event.get("requestedInput"));
		}
		// adk-python writes it itself, in V1 only where there is something in it.
		boolean columns = family == LayoutFamily.GO || family == LayoutFamily.JS || this.release.startsWith("0.31.");
		if (columns && !expected.has("long_running_tool_ids")) {
			expected.putArray("long_running_tool_ids");
		}
		return expected;
	}

	private static JsonNode value(String name, JsonNode value) {
		if (OPAQUE.contains(name)) {
			return value;
		}
		if (value.isObject()) {
			ObjectNode object = MigratedEvents.JSON.createObjectNode();
			boolean ids = name.equals("requestedToolConfirmations");
			value.properties()
				.forEach((field) -> object.set(ids ? field.getKey() : snake(field.getKey()),
						value(field.getKey(), field.getValue())));
			return object;
		}
		if (value.isArray()) {
			ArrayNode array = MigratedEvents.JSON.createArrayNode();
			value.forEach((element) -> array.add(value(name, element)));
			return array;
		}
		return name.equals("data") || name.equals("thoughtSignature")
				? MigratedEvents.JSON.valueToTree(value.asString().replace('+', '-').replace('/', '_')) : value;
	}

	private static String snake(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

}
