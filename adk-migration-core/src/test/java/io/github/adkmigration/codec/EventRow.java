package io.github.adkmigration.codec;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes rows for tests: everything but what a test is about is plain.
 */
final class EventRow {

	/** 2025-11-02T05:30:00.123456Z. */
	static final long INSTANT = 1_762_061_400_123_456L;

	private byte @Nullable [] actions = { (byte) 0x80, 4, '}', '.' };

	private final Map<String, String> columns = new HashMap<>();

	private @Nullable String longRunningToolIds;

	private @Nullable String invocationId = "e-1";

	private @Nullable String errorMessage;

	static EventRow plain() {
		return new EventRow();
	}

	EventRow actions(byte @Nullable [] value) {
		this.actions = value;
		return this;
	}

	EventRow content(String value) {
		return column("content", value);
	}

	EventRow customMetadata(String value) {
		return column("custom_metadata", value);
	}

	EventRow column(String name, String json) {
		this.columns.clear();
		this.columns.put(name, json);
		return this;
	}

	EventRow longRunningToolIds(@Nullable String value) {
		this.longRunningToolIds = value;
		return this;
	}

	EventRow invocationId(@Nullable String value) {
		this.invocationId = value;
		return this;
	}

	EventRow errorMessage(@Nullable String value) {
		this.errorMessage = value;
		return this;
	}

	V0Event build() {
		return new V0Event("id-1", "shop", "user-1", "s-1", this.invocationId, "agent", this.actions,
				this.longRunningToolIds, null, this.columns.get("content"), this.columns.get("grounding_metadata"),
				this.columns.get("custom_metadata"), this.columns.get("usage_metadata"),
				this.columns.get("citation_metadata"), null, null, null, this.errorMessage, null,
				this.columns.get("input_transcription"), this.columns.get("output_transcription"));
	}

	EncodedEvent encode(JsonTarget target) {
		return new V0EventEncoder(target).encode(build(), INSTANT);
	}

	JsonNode json(JsonTarget target) {
		return JsonMapper.shared().readTree(encode(target).json());
	}

}
