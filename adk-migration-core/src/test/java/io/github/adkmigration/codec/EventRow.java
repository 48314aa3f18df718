package io.github.adkmigration.codec;

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

	private @Nullable String content;

	private @Nullable String customMetadata;

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

	EventRow content(@Nullable String value) {
		this.content = value;
		return this;
	}

	EventRow customMetadata(@Nullable String value) {
		this.customMetadata = value;
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
				this.longRunningToolIds, null, this.content, null, this.customMetadata, null, null, null, null, null,
				this.errorMessage, null, null, null);
	}

	EncodedEvent encode(JsonTarget target) {
		return new V0EventEncoder(target).encode(build(), INSTANT);
	}

	JsonNode json(JsonTarget target) {
		return JsonMapper.shared().readTree(encode(target).json());
	}

}
