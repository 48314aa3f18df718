package io.github.adkmigration.clock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Splits the events that one session has in one repeated hour into first and second pass.
 *
 * <p>
 * In the order of the conversation, the second pass begins where the wall clock stands
 * still or goes back. Where it never does, the extra hour has passed in some pause, and
 * the longest one is the likeliest: the pause before the first of these events, between
 * two of them, or after the last. After the last event of a session any time may have
 * passed.
 */
final class RepeatedHour {

	private static final long SECOND = 1_000_000L;

	private static final long HOUR = 3_600 * SECOND;

	/** How far away an event may be to tell something of the pauses. */
	static final long NEIGHBOURS = 6 * HOUR;

	/** Branches that run side by side report in any order, but close together. */
	private static final long PARALLEL = 10 * SECOND;

	private final long start;

	private final long end;

	private final List<Row> inside = new ArrayList<>();

	private long before = Long.MIN_VALUE;

	private long after = Long.MAX_VALUE;

	RepeatedHour(long start, long end) {
		this.start = start;
		this.end = end;
	}

	void add(Row row) {
		if (row.wallMicros() < this.start - NEIGHBOURS || row.wallMicros() >= this.end + NEIGHBOURS) {
			return;
		}
		if (row.wallMicros() < this.start) {
			this.before = Math.max(this.before, row.wallMicros());
		}
		else if (row.wallMicros() >= this.end) {
			this.after = Math.min(this.after, row.wallMicros());
		}
		else {
			this.inside.add(row);
		}
	}

	int size() {
		return this.inside.size();
	}

	/** The newest event, if it is one of the repeated hour. */
	@Nullable Row newest() {
		boolean none = this.inside.isEmpty() || this.after != Long.MAX_VALUE;
		return none ? null : this.inside.get(this.inside.size() - 1);
	}

	/**
	 * Bring rows that come ordered by time and id into the likely order of the
	 * conversation: an invocation is not interrupted by another one of its session.
	 */
	void orderByInvocation() {
		Map<String, List<Row>> invocations = new LinkedHashMap<>();
		for (Row row : this.inside) {
			String name = row.invocation().isEmpty() ? "row " + row.key().id() : "invocation " + row.invocation();
			invocations.computeIfAbsent(name, (key) -> new ArrayList<>()).add(row);
		}
		this.inside.clear();
		invocations.values().forEach(this.inside::addAll);
	}

	/**
	 * Find the events of the second pass.
	 * @param newestIsSecond in which pass the newest event was, if that is known
	 * @return the rows from the first one of the second pass on
	 */
	List<Row> secondPass(@Nullable Boolean newestIsSecond) {
		int size = this.inside.size();
		for (int i = 1; i < size; i++) {
			if (goesBack(this.inside.get(i - 1), this.inside.get(i))) {
				return this.inside.subList(i, size);
			}
		}
		if (Boolean.FALSE.equals(newestIsSecond)) {
			return List.of();
		}
		return this.inside.subList(longestPause(Boolean.TRUE.equals(newestIsSecond)), size);
	}

	private static boolean goesBack(Row previous, Row row) {
		long back = previous.wallMicros() - row.wallMicros();
		if (back == 0) {
			// Whole seconds come from a column that cuts, where equal times mean nothing.
			return row.wallMicros() % SECOND != 0;
		}
		boolean parallel = back < PARALLEL && !row.invocation().isEmpty()
				&& row.invocation().equals(previous.invocation());
		return back > 0 && !parallel;
	}

	private int longestPause(boolean notAfter) {
		int size = this.inside.size();
		int at = size;
		long longest = notAfter ? -1
				: this.after == Long.MAX_VALUE ? Long.MAX_VALUE : this.after - this.inside.get(size - 1).wallMicros();
		for (int i = size - 1; i > 0; i--) {
			long pause = this.inside.get(i).wallMicros() - this.inside.get(i - 1).wallMicros();
			if (pause > longest) {
				longest = pause;
				at = i;
			}
		}
		long first = this.before == Long.MIN_VALUE ? HOUR : this.inside.get(0).wallMicros() - this.before;
		return first > longest ? 0 : at;
	}

	/**
	 * An event.
	 *
	 * @param key its key
	 * @param wallMicros its naive time
	 * @param invocation the invocation it belongs to, possibly empty
	 */
	record Row(RowKey key, long wallMicros, String invocation) {
	}

}
