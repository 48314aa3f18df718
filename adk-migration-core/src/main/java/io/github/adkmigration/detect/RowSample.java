package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a bounded number of events show. Only the first byte of a payload and the kind of
 * a time are ever read, so a hostile payload has no effect.
 *
 * @param rows how many events were looked at
 * @param pickles how many have pickled actions
 * @param json how many have JSON actions
 * @param otherPayloads how many have actions of another kind
 * @param eventData how many have a value in {@code event_data}
 * @param times how many have each kind of time; empty unless on SQLite
 */
record RowSample(int rows, int pickles, int json, int otherPayloads, int eventData, Map<TimeKind, Integer> times) {

	static final RowSample NONE = new RowSample(0, 0, 0, 0, 0, Map.of());

	RowSample {
		times = times.isEmpty() ? Map.of() : new EnumMap<>(times);
	}

	boolean mixedTimes() {
		return this.times.size() > 1;
	}

	boolean hasTime(TimeKind kind) {
		return this.times.containsKey(kind);
	}

	/** Says what was seen, or nothing if nothing was looked at. */
	List<String> evidence() {
		List<String> evidence = new ArrayList<>();
		if (this.rows == 0) {
			return evidence;
		}
		List<String> payloads = new ArrayList<>();
		add(payloads, this.pickles, "with pickled actions");
		add(payloads, this.json, "with JSON actions");
		add(payloads, this.otherPayloads, "with actions of another kind");
		add(payloads, this.eventData, "with event_data");
		if (!payloads.isEmpty()) {
			evidence.add("Of " + this.rows + " sampled events: " + String.join(", ", payloads) + ".");
		}
		if (mixedTimes()) {
			List<String> kinds = new ArrayList<>();
			this.times.forEach((kind, count) -> kinds.add(count + " " + kind.title()));
			evidence
				.add("The time column of events holds more than one kind of value: " + String.join(", ", kinds) + ".");
		}
		return evidence;
	}

	private static void add(List<String> parts, int count, String what) {
		if (count > 0) {
			parts.add(count + " " + what);
		}
	}

	/** How SQLite stores a time. */
	enum TimeKind {

		/** Naive text, as adk-python's DatabaseSessionService writes it. */
		TEXT("as text without offset"),

		/** Text that ends in an offset, as adk-go writes it. */
		TEXT_WITH_OFFSET("as text with offset"),

		/** Epoch seconds, as SqliteSessionService writes them. */
		REAL("as real number"),

		/** Epoch milliseconds, as adk-js writes them. */
		INTEGER("as integer");

		private final String title;

		TimeKind(String title) {
			this.title = title;
		}

		String title() {
			return this.title;
		}

	}

}
