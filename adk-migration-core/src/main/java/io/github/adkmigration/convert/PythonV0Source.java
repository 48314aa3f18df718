package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.codec.V0EventEncoder;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * adk-python's V0: many columns, and a pickle. Releases differ in which columns exist, so
 * each is looked up by name.
 */
final class PythonV0Source implements EventSource {

	private static final List<String> COLUMNS = List.of("invocation_id", "author", "actions",
			"long_running_tool_ids_json", "branch", "content", "grounding_metadata", "custom_metadata",
			"usage_metadata", "citation_metadata", "partial", "turn_complete", "error_code", "error_message",
			"interrupted", "input_transcription", "output_transcription");

	private final List<String> present = new ArrayList<>();

	private final int[] offsets = new int[COLUMNS.size()];

	private final V0EventEncoder encoder;

	private final LocalTimes times;

	PythonV0Source(Catalog.Table events, JsonTarget target, LocalTimes times) {
		Arrays.fill(this.offsets, -1);
		for (int i = 0; i < COLUMNS.size(); i++) {
			if (events.has(COLUMNS.get(i))) {
				this.offsets[i] = this.present.size();
				this.present.add(COLUMNS.get(i));
			}
		}
		this.encoder = new V0EventEncoder(target);
		this.times = times;
	}

	@Override
	public List<String> columns() {
		return this.present;
	}

	@Override
	public String largestColumn() {
		return "octet_length(e.actions)";
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		return new V0Event(key.id(), key.appName(), key.userId(), key.sessionId(), text(row, 0), text(row, 1),
				row.bytes(this.offsets[2]), text(row, 3), text(row, 4), text(row, 5), text(row, 6), text(row, 7),
				text(row, 8), text(row, 9), flag(row, 10), flag(row, 11), text(row, 12), text(row, 13), flag(row, 14),
				text(row, 15), text(row, 16));
	}

	private @Nullable String text(PayloadRow row, int column) throws SQLException {
		return this.offsets[column] < 0 ? null : row.text(this.offsets[column]);
	}

	private @Nullable Boolean flag(PayloadRow row, int column) throws SQLException {
		return this.offsets[column] < 0 ? null : row.flag(this.offsets[column]);
	}

	@Override
	public byte @Nullable [] raw(Object payload) {
		return ((V0Event) payload).actions();
	}

	@Override
	public int size(Object payload) {
		V0Event event = (V0Event) payload;
		byte[] actions = event.actions();
		return 1000 + (actions == null ? 0 : actions.length)
				+ 2 * (length(event.content()) + length(event.groundingMetadata()) + length(event.customMetadata())
						+ length(event.errorMessage()) + length(event.inputTranscription())
						+ length(event.outputTranscription()) + length(event.citationMetadata()));
	}

	private static int length(@Nullable String text) {
		return text == null ? 0 : text.length();
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		EventKey key = event.key();
		if (wallMicros != StoredTimes.NONE) {
			return this.times.epochMicros(wallMicros, key.id(), key.appName(), key.userId(), key.sessionId());
		}
		return this.times.sqliteEpochMicros(event.time(), key.id(), key.appName(), key.userId(), key.sessionId());
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		V0Event row = (V0Event) event.payload();
		String invocationId = row.invocationId();
		return new Encoded(invocationId == null ? "" : invocationId, this.encoder.encode(row, epochMicros));
	}

}
