package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.codec.ScopedState;
import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.detect.BesideTables;
import org.jspecify.annotations.Nullable;

/**
 * Puts the states of applications or users together where each row of the source holds a
 * part: the keys of one session, or a single key. Of two rows with the same key the one
 * that was written last counts.
 */
final class MergedStateReader implements StateRows {

	private static final int LARGEST_PAGE = 500;

	private final Side from;

	private final StateTable table;

	private final String base;

	private final boolean all;

	private final StateReader rows;

	private @Nullable List<String> last;

	/**
	 * Create a reader.
	 * @param from where the rows are
	 * @param beside what they are called there
	 * @param table which rows
	 * @param rows reads the values of a row
	 * @param after the key after which to begin, or {@code null}
	 */
	MergedStateReader(Side from, BesideTables beside, StateTable table, StateReader rows,
			@Nullable List<String> after) {
		this.from = from;
		this.table = table;
		this.base = beside.base(table.table());
		this.all = beside.own(table.table());
		this.rows = rows;
		this.last = after;
	}

	@Override
	public List<StateRow> next(Connection connection, int pageSize) throws SQLException {
		List<String> start = this.last;
		String second = BesideTables.secondAlias(this.table.table());
		String keys = this.table.keys().stream().map((key) -> second + "." + key).collect(Collectors.joining(", "));
		String same = this.table.keys()
			.stream()
			.map((key) -> "s." + key + " = k." + key)
			.collect(Collectors.joining(" AND "));
		String sql = "SELECT " + this.rows.selectList() + " FROM (SELECT DISTINCT " + keys + " FROM " + this.base + " "
				+ second + (start == null ? "" : " WHERE " + this.table.after(second)) + " ORDER BY " + keys + " LIMIT "
				+ Math.min(pageSize, LARGEST_PAGE) + ") k JOIN " + this.from.sql(this.table.table()) + " s ON " + same
				+ " ORDER BY " + this.table.keys().stream().map((key) -> "s." + key).collect(Collectors.joining(", "))
				+ ", s.update_time, s.id";
		List<StateRow> page = new ArrayList<>();
		try (PreparedStatement select = connection.prepareStatement(sql)) {
			select.setFetchSize(KeyOrderEventReader.streaming(connection));
			if (start != null) {
				StateTable.bind(select, start);
			}
			try (ResultSet row = select.executeQuery()) {
				merge(row, page);
			}
		}
		return page;
	}

	private void merge(ResultSet row, List<StateRow> page) throws SQLException {
		ScopedState state = new ScopedState();
		List<Substitution> unreadable = List.of();
		StateRow newest = null;
		while (row.next()) {
			StateRow part = this.rows.read(row);
			if (newest != null && !newest.key().equals(part.key())) {
				page.add(this.rows.encoded(newest.key(), state.toJson(), newest.times(), unreadable));
				state = new ScopedState();
				unreadable = List.of();
			}
			if (!state.add(part.state(), this.table.prefix(), this.all)) {
				unreadable = StateReader.UNREADABLE;
			}
			newest = part;
		}
		if (newest != null) {
			page.add(this.rows.encoded(newest.key(), state.toJson(), newest.times(), unreadable));
			this.last = newest.key();
		}
	}

}
