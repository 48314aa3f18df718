package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * A layout that keeps the fields of an event in columns. Releases differ in which columns
 * exist, so each is looked up by name.
 */
abstract class ColumnEventSource implements EventSource {

	/** How many columns all such layouts have in common, with positions from 0. */
	static final int COMMON = 17;

	private static final List<String> COLUMNS = List.of("invocation_id", "author", "actions",
			"long_running_tool_ids_json", "branch", "content", "grounding_metadata", "custom_metadata",
			"usage_metadata", "citation_metadata", "partial", "turn_complete", "error_code", "error_message",
			"interrupted", "input_transcription", "output_transcription");

	private final List<String> present = new ArrayList<>();

	private final int[] offsets;

	private final LocalTimes times;

	ColumnEventSource(Catalog.Table events, LocalTimes times, List<String> more) {
		List<String> columns = new ArrayList<>(COLUMNS);
		columns.addAll(more);
		this.offsets = new int[columns.size()];
		Arrays.fill(this.offsets, -1);
		for (int i = 0; i < columns.size(); i++) {
			if (events.has(columns.get(i))) {
				this.offsets[i] = this.present.size();
				this.present.add(columns.get(i));
			}
		}
		this.times = times;
	}

	/**
	 * Return the columns that all such layouts have.
	 */
	abstract V0Event common(Object payload);

	@Override
	public final List<String> columns() {
		return this.present;
	}

	@Override
	public String largestColumn() {
		return "octet_length(e.actions)";
	}

	final V0Event read(PayloadRow row, EventKey key) throws SQLException {
		return new V0Event(key.id(), key.appName(), key.userId(), key.sessionId(), text(row, 0), text(row, 1),
				row.bytes(this.offsets[2]), text(row, 3), text(row, 4), text(row, 5), text(row, 6), text(row, 7),
				text(row, 8), text(row, 9), flag(row, 10), flag(row, 11), text(row, 12), text(row, 13), flag(row, 14),
				text(row, 15), text(row, 16));
	}

	final @Nullable String text(PayloadRow row, int column) throws SQLException {
		return this.offsets[column] < 0 ? null : row.text(this.offsets[column]);
	}

	@Nullable Boolean flag(PayloadRow row, int column) throws SQLException {
		return this.offsets[column] < 0 ? null : row.flag(this.offsets[column]);
	}

	@Override
	public final byte @Nullable [] raw(Object payload) {
		return common(payload).actions();
	}

	@Override
	public int size(Object payload) {
		V0Event event = common(payload);
		byte[] actions = event.actions();
		return 1000 + (actions == null ? 0 : actions.length)
				+ 2 * (length(event.content()) + length(event.groundingMetadata()) + length(event.customMetadata())
						+ length(event.errorMessage()) + length(event.inputTranscription())
						+ length(event.outputTranscription()) + length(event.citationMetadata()));
	}

	static int length(@Nullable String text) {
		return text == null ? 0 : text.length();
	}

	@Override
	public final long epochMicros(SourceEvent event, long wallMicros) {
		EventKey key = event.key();
		if (wallMicros != StoredTimes.NONE) {
			return this.times.epochMicros(wallMicros, key.id(), key.appName(), key.userId(), key.sessionId());
		}
		return this.times.sqliteEpochMicros(event.time(), key.id(), key.appName(), key.userId(), key.sessionId());
	}

	static String invocationId(V0Event row) {
		String invocationId = row.invocationId();
		return invocationId == null ? "" : invocationId;
	}

}
