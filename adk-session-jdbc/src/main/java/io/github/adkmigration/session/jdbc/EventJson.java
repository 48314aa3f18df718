package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private static final Logger logger = LoggerFactory.getLogger(EventJson.class);

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
		if (!data.has("author")) {
			// adk-python before 2.7 refuses an event without one.
			data.put("author", "");
		}
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
	 * @param text the text in {@code event_data}, or {@code null}
	 * @param id the event's id column, which overrides the text as in adk-python
	 * @param invocationId the event's invocation id column, likewise
	 * @param column the event's time column, for a text without time
	 * @throws SessionException if nothing can be made of it
	 */
	static Event decode(@Nullable String text, String id, String invocationId, Instant column) {
		Event event = null;
		if (text != null) {
			event = decodePlain(() -> JsonText.parser(text), column);
			event = event == null ? decodeAtOnce(text, column) : event;
		}
		return event == null ? decode(JsonText.readObject(text, "the event '" + id + "'"), id, invocationId, column)
				: withKey(event, id, invocationId);
	}

	/**
	 * Decode an event whose text is still as the database has sent it.
	 */
	static Event decodeUtf8(byte @Nullable [] text, String id, String invocationId, Instant column) {
		Event event = text == null ? null : decodePlain(() -> JsonText.parser(text), column);
		return event == null
				? decode(text == null ? null : new String(text, StandardCharsets.UTF_8), id, invocationId, column)
				: withKey(event, id, invocationId);
	}

	private static Event withKey(Event event, String id, String invocationId) {
		event.setId(id);
		event.setInvocationId(invocationId);
		return event;
	}

	private static @Nullable Event decodePlain(ParserSource text, Instant column) {
		try (JsonParser json = text.open()) {
			return PlainEventParser.parse(json, column);
		}
		catch (IOException | ArithmeticException | IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Read the text without a tree.
	 * @return the event, or {@code null} if it needs one
	 */
	static @Nullable Event decodeAtOnce(String text, Instant column) {
		try (PythonKeysParser parser = new PythonKeysParser(JsonText.parser(text))) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			Event event = ModelMapper.readEvent(parser);
			String seconds = parser.timestamp();
			if (!parser.hasActions() || parser.nextToken() != null) {
				return null;
			}
			event.setTimestamp(seconds == null ? column.toEpochMilli() : EpochSeconds.toMillis(seconds));
			return event;
		}
		catch (IOException | ArithmeticException ex) {
			return null;
		}
	}

	/**
	 * Decode an event.
	 * @param data the tree in {@code event_data}; not changed
	 * @param id the event's id column, which overrides the tree as in adk-python
	 * @param invocationId the event's invocation id column, likewise
	 * @param column the event's time column, for a tree without time
	 * @throws SessionException if nothing can be made of it
	 */
	static Event decode(ObjectNode data, String id, String invocationId, Instant column) {
		ObjectNode model = ModelKeys.toJava(data);
		model.put("id", id);
		model.put("invocationId", invocationId);
		model.put("timestamp", millis(data.path("timestamp"), column));
		ObjectNode actions = model.get("actions") instanceof ObjectNode object ? object : model.putObject("actions");
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
		keepOnly(actions, "artifactDelta", JsonNode::canConvertToInt);
		keepOnly(actions, "requestedAuthConfigs", JsonNode::isObject);
		return toEvent(model, id);
	}

	/**
	 * Python's integers have no limit and its models change with every release. A field
	 * that google-adk's types cannot hold is left out, so that it does not cost the whole
	 * conversation.
	 */
	private static Event toEvent(ObjectNode model, String id) {
		while (true) {
			try {
				return ModelMapper.fromTree(model, Event.class);
			}
			catch (JsonMappingException ex) {
				String path = remove(model, ex.getPath());
				if (path.isEmpty()) {
					throw new SessionException("The event '" + id + "' cannot be read.");
				}
				logger.debug("Left '{}' out of event '{}': google-adk has no type for its value", path, id);
			}
			catch (JsonProcessingException ex) {
				throw new SessionException("The event '" + id + "' cannot be read.");
			}
		}
	}

	/**
	 * Remove the innermost value that a path leads to.
	 * @return the path, empty if it leads nowhere
	 */
	private static String remove(JsonNode model, List<JsonMappingException.Reference> path) {
		StringBuilder walked = new StringBuilder();
		JsonNode parent = model;
		JsonNode node = model;
		JsonMappingException.@Nullable Reference last = null;
		for (JsonMappingException.Reference step : path) {
			JsonNode next = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
			if (next.isMissingNode()) {
				break;
			}
			parent = node;
			node = next;
			last = step;
			walked.append('/').append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
		}
		if (last != null && parent instanceof ObjectNode object) {
			object.remove(last.getFieldName());
		}
		else if (last != null && parent instanceof ArrayNode array) {
			array.remove(last.getIndex());
		}
		return walked.toString();
	}

	/** A number that is no time counts as none. */
	private static long millis(JsonNode seconds, Instant otherwise) {
		try {
			boolean finite = seconds.isNumber() && Double.isFinite(seconds.doubleValue());
			return (finite ? EpochSeconds.toInstant(seconds) : otherwise).toEpochMilli();
		}
		catch (ArithmeticException ex) {
			return otherwise.toEpochMilli();
		}
	}

	/**
	 * Jackson's failure does not name the entry of a map, so these are sorted out before.
	 */
	private static void keepOnly(ObjectNode actions, String name, Predicate<JsonNode> fits) {
		if (actions.get(name) instanceof ObjectNode entries) {
			ObjectNode kept = entries.deepCopy();
			kept.removeIf(fits.negate());
			actions.set(name, kept);
		}
	}

	@FunctionalInterface
	private interface ParserSource {

		JsonParser open() throws IOException;

	}

}
