package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code event_data} with the keys of google-adk's models, so that an event is
 * built from the text without a tree in between. What needs more than other keys ends the
 * reading: then {@link EventJson} does it by a tree.
 */
final class PythonKeysParser extends JsonParserDelegate {

	/** What two languages store differently beyond the names of keys. */
	private static final Map<String, Kind> SPECIAL = Map.of("custom_metadata", Kind.REFUSED, "compaction", Kind.REFUSED,
			"requested_tool_confirmations", Kind.EMPTY, "artifact_delta", Kind.EMPTY, "requested_auth_configs",
			Kind.EMPTY, "deleted_artifact_ids", Kind.REFUSED);

	private static final int MOST_KEYS = 1000;

	private static final Map<String, Key> KEYS = new ConcurrentHashMap<>();

	private Kind[] open = new Kind[16];

	private int depth;

	private Kind next = Kind.MODEL;

	private @Nullable String name;

	private @Nullable String timestamp;

	private boolean actions;

	private boolean inActions;

	PythonKeysParser(JsonParser text) {
		super(text);
	}

	/**
	 * Return the text of the number in {@code timestamp}, or {@code null} without one.
	 */
	@Nullable String timestamp() {
		return this.timestamp;
	}

	/**
	 * Return whether there was an object {@code actions}.
	 */
	boolean hasActions() {
		return this.actions;
	}

	@Override
	public @Nullable JsonToken nextToken() throws IOException {
		JsonToken token = this.delegate.nextToken();
		if (token == null) {
			return null;
		}
		switch (token) {
			case FIELD_NAME -> field(this.delegate.currentName());
			case START_OBJECT, START_ARRAY -> {
				if (this.depth == 1) {
					this.inActions = token == JsonToken.START_OBJECT && "actions".equals(this.name);
					this.actions |= this.inActions;
				}
				open();
			}
			case END_OBJECT, END_ARRAY -> {
				this.depth--;
				this.next = this.depth == 0 ? Kind.MODEL : this.open[this.depth - 1];
			}
			case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> number(token);
			default -> {
			}
		}
		return token;
	}

	private void open() {
		if (this.depth == this.open.length) {
			this.open = Arrays.copyOf(this.open, this.depth * 2);
		}
		this.open[this.depth++] = this.next;
	}

	private void field(String raw) throws IOException {
		switch (this.open[this.depth - 1]) {
			case USER -> {
				this.name = raw;
				this.next = Kind.USER;
			}
			case MODEL -> {
				Key key = key(raw);
				this.name = key.name;
				this.next = this.depth == 1 || this.depth == 2 && this.inActions ? key.ofEvent : key.within;
				if (this.next == Kind.REFUSED) {
					throw NeedsTreeException.INSTANCE;
				}
			}
			case EMPTY, REFUSED -> throw NeedsTreeException.INSTANCE;
		}
	}

	private static Key key(String raw) {
		Key known = KEYS.get(raw);
		if (known == null) {
			String snake = ModelKeys.toSnakeCase(raw);
			known = new Key(ModelKeys.toCamelCase(raw), kind(snake, true), kind(snake, false));
			if (KEYS.size() < MOST_KEYS) {
				KEYS.put(raw, known);
			}
		}
		return known;
	}

	private static Kind kind(String snake, boolean ofEvent) {
		Kind special = SPECIAL.get(snake);
		return special != null ? special : ModelKeys.isUserData(snake, ofEvent) ? Kind.USER : Kind.MODEL;
	}

	private void number(JsonToken token) throws IOException {
		if (token == JsonToken.VALUE_NUMBER_FLOAT && !JsonText.isDouble(this.delegate)) {
			throw NeedsTreeException.INSTANCE;
		}
		if (this.depth == 1 && "timestamp".equals(this.name)) {
			this.timestamp = this.delegate.getText();
		}
	}

	@Override
	public @Nullable JsonToken nextValue() throws IOException {
		JsonToken token = nextToken();
		return token == JsonToken.FIELD_NAME ? nextToken() : token;
	}

	@Override
	public @Nullable String currentName() throws IOException {
		return this.delegate.currentToken() == JsonToken.FIELD_NAME ? this.name : this.delegate.currentName();
	}

	@Override
	@Deprecated
	public @Nullable String getCurrentName() throws IOException {
		return currentName();
	}

	@Override
	public JsonParser skipChildren() throws IOException {
		JsonToken token = currentToken();
		if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
			int outside = this.depth - 1;
			while (this.depth > outside) {
				nextToken();
			}
		}
		return this;
	}

	/** What the keys of an object, or of the objects in an array, are. */
	private enum Kind {

		/** Names of fields. */
		MODEL,

		/** The user's own. */
		USER,

		/** There must be none. */
		EMPTY,

		/** There must be no such value. */
		REFUSED

	}

	private record Key(String name, Kind ofEvent, Kind within) {

	}

}
