package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.State;

/**
 * Turns events into the tree that adk-python keeps in {@code event_data}, and back.
 * Fields that only one of the languages knows are not the other's to lose: Python's are
 * skipped when an event is read, and no row is ever rewritten; Java's
 * {@code deletedArtifactIds}, which adk-python would refuse inside {@code actions}, is
 * kept in the custom metadata.
 */
final class EventJson {

	static final String DELETED_ARTIFACTS = "adk_java_deleted_artifact_ids";

	private static final List<String> ALWAYS_PRESENT = List.of("state_delta", "artifact_delta",
			"requested_auth_configs", "requested_tool_confirmations");

	private EventJson() {
	}

	/**
	 * Encode an event.
	 * @param event an event with an id
	 * @param instant the time to store, within the event's millisecond
	 * @throws SessionException if it holds a value that has no JSON form
	 */
	static ObjectNode encode(Event event, Instant instant) {
		ObjectNode model;
		try {
			model = (ObjectNode) ModelMapper.toTree(withoutTemporary(event));
		}
		catch (IllegalArgumentException ex) {
			throw new SessionException("The event '" + event.id() + "' holds a value that has no JSON form.", ex);
		}
		event.customMetadata().ifPresent((entries) -> model.set("customMetadata", CustomMetadataJson.encode(entries)));
		ObjectNode data = ModelKeys.toPython(model);
		ObjectNode actions = data.withObjectProperty("actions");
		ALWAYS_PRESENT.forEach(actions::withObjectProperty);
		JsonNode deleted = actions.remove("deleted_artifact_ids");
		if (deleted != null) {
			data.withObjectProperty("custom_metadata").set(DELETED_ARTIFACTS, deleted);
		}
		event.longRunningToolIds().ifPresent((ids) -> data.set("long_running_tool_ids", sorted(ids)));
		event.actions().compaction().ifPresent((compaction) -> {
			ObjectNode times = actions.withObjectProperty("compaction");
			times.set("start_timestamp", EpochSeconds.of(Instant.ofEpochMilli(compaction.startTimestamp())));
			times.set("end_timestamp", EpochSeconds.of(Instant.ofEpochMilli(compaction.endTimestamp())));
		});
		data.set("timestamp", EpochSeconds.of(instant));
		return data;
	}

	/** Temporary values need not have a JSON form, so they go before the tree is made. */
	private static Event withoutTemporary(Event event) {
		Map<String, Object> delta = event.actions().stateDelta();
		if (delta.keySet().stream().noneMatch((key) -> key.startsWith(State.TEMP_PREFIX))) {
			return event;
		}
		Map<String, Object> kept = new HashMap<>(delta);
		kept.keySet().removeIf((key) -> key.startsWith(State.TEMP_PREFIX));
		return event.toBuilder().actions(event.actions().toBuilder().stateDelta(kept).build()).build();
	}

	private static ArrayNode sorted(Collection<String> ids) {
		ArrayNode array = JsonNodeFactory.instance.arrayNode(ids.size());
		new TreeSet<>(ids).forEach(array::add);
		return array;
	}

	/**
	 * Decode an event.
	 * @param data the tree in {@code event_data}; not changed
	 * @param id the event's id column, which overrides the tree as in adk-python
	 * @param invocationId the event's invocation id column, likewise
	 * @param column the event's time column, for a tree without time
	 * @throws SessionException if a field has a type that google-adk does not accept
	 */
	static Event decode(ObjectNode data, String id, String invocationId, Instant column) {
		ObjectNode model = ModelKeys.toJava(data);
		model.put("id", id);
		model.put("invocationId", invocationId);
		model.put("timestamp", millis(data.path("timestamp"), column));
		ObjectNode actions = model.withObjectProperty("actions");
		if (model.remove("customMetadata") instanceof ObjectNode metadata) {
			JsonNode deleted = metadata.deepCopy().get(DELETED_ARTIFACTS);
			ObjectNode visible = metadata.deepCopy();
			visible.remove(DELETED_ARTIFACTS);
			if (deleted instanceof ArrayNode ids) {
				actions.set("deletedArtifactIds", ids);
			}
			if (deleted == null || !visible.isEmpty()) {
				model.set("customMetadata", ModelMapper.toTree(CustomMetadataJson.decode(visible)));
			}
		}
		if (actions.get("compaction") instanceof ObjectNode compaction) {
			for (String name : List.of("startTimestamp", "endTimestamp")) {
				compaction.put(name, millis(compaction.path(name), Instant.EPOCH));
			}
		}
		for (JsonNode confirmation : actions.path("requestedToolConfirmations")) {
			if (confirmation instanceof ObjectNode object && !object.has("confirmed")) {
				object.put("confirmed", false);
			}
		}
		for (String name : List.of("artifactDelta", "requestedAuthConfigs")) {
			if (actions.get(name) instanceof ObjectNode entries) {
				// Concurrent maps, as google-adk uses them, have no null.
				actions.set(name, withoutNulls(entries));
			}
		}
		try {
			return ModelMapper.fromTree(model, Event.class);
		}
		catch (JsonMappingException ex) {
			throw new SessionException("The event '" + id + "' cannot be read: unexpected type at '"
					+ ex.getPathReference().replaceAll("[\\w.$]+\\[", "[") + "'.");
		}
		catch (JsonProcessingException ex) {
			throw new SessionException("The event '" + id + "' cannot be read.");
		}
	}

	private static long millis(JsonNode seconds, Instant otherwise) {
		return (seconds.isNumber() ? EpochSeconds.toInstant(seconds) : otherwise).toEpochMilli();
	}

	private static ObjectNode withoutNulls(ObjectNode entries) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, JsonNode> entry : entries.properties()) {
			if (!entry.getValue().isNull()) {
				copy.set(entry.getKey(), entry.getValue());
			}
		}
		return copy;
	}

}
