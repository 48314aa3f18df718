package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

/**
 * Hands over events a few at a time, as many as one statement should carry.
 */
final class Chunks {

	private static final int MOST_ROWS = 200;

	private static final int MOST_BYTES = 1 << 20;

	private Chunks() {
	}

	static void each(List<TargetEvent> events, Statement statement) throws SQLException {
		each(events, MOST_BYTES, statement);
	}

	/**
	 * Hand over events.
	 * @param largest how much JSON a statement may carry that has more than one row
	 */
	static void each(List<TargetEvent> events, long largest, Statement statement) throws SQLException {
		long most = Math.min(MOST_BYTES, largest);
		int from = 0;
		while (from < events.size()) {
			int to = from;
			long bytes = 0;
			while (to < events.size() && to - from < MOST_ROWS
					&& (to == from || bytes + events.get(to).json().length <= most)) {
				bytes += events.get(to).json().length;
				to++;
			}
			statement.carry(events.subList(from, to));
			from = to;
		}
	}

	/** What is executed for each chunk. */
	interface Statement {

		void carry(List<TargetEvent> events) throws SQLException;

	}

}
