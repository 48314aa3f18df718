package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.codec.JsonEquality;
import io.github.adkmigration.convert.EventComparison.Compared;
import io.github.adkmigration.report.RowCounts;

/**
 * Reads sessions and states of a source again after their copy and compares each with the
 * row of the target.
 *
 * @since 0.1.0
 */
public final class StateComparison {

	private static final int PAGE = 500;

	private final StateCopy copy;

	private final Side from;

	private final Side to;

	private final boolean missingCreated;

	StateComparison(StateCopy copy, Side from, Side to, boolean missingCreated) {
		this.copy = copy;
		this.from = from;
		this.to = to;
		this.missingCreated = missingCreated;
	}

	/**
	 * Compare all rows.
	 * @param target a connection to the database that was written to
	 * @param source a connection to the database that was read
	 * @return the rows of the source, all tables together, and how the target differs
	 * @throws SQLException if a statement fails
	 */
	public Compared run(Connection target, Connection source) throws SQLException {
		long read = 0;
		long missing = 0;
		long different = 0;
		long surplus = 0;
		for (StateTable table : StateTable.values()) {
			Compared compared = compare(target, source, table);
			read += compared.rows().read();
			missing += compared.missing();
			different += compared.different();
			surplus += compared.surplus();
		}
		return new Compared(new RowCounts(read, read, 0, 0, 0), missing, different, surplus);
	}

	private Compared compare(Connection target, Connection source, StateTable table) throws SQLException {
		String name = this.to.tables().sql(table.table(), this.to.dialect());
		String values = table.times()
			.stream()
			.map((time) -> ColumnTimes.select(this.to.dialect(), time))
			.collect(Collectors.joining(", "));
		long read = 0;
		long missing = 0;
		long different = 0;
		try (PreparedStatement select = target
			.prepareStatement("SELECT state, " + values + " FROM " + name + " WHERE " + table.byKey())) {
			StateRows reader = this.copy.reader(table, null);
			List<StateRow> page = reader.next(source, PAGE);
			while (!page.isEmpty()) {
				for (StateRow expected : page) {
					read++;
					for (int i = 0; i < expected.key().size(); i++) {
						select.setString(i + 1, expected.key().get(i));
					}
					try (ResultSet row = select.executeQuery()) {
						if (!row.next()) {
							missing++;
						}
						else if (!same(expected, row)) {
							different++;
						}
					}
				}
				page = reader.next(source, PAGE);
			}
		}
		long surplus = number(target, "SELECT count(*) FROM " + name) + missing - read;
		if (this.missingCreated && table != StateTable.SESSIONS) {
			surplus -= number(source, "SELECT count(*) FROM (" + StateWriter.missing(this.from, table) + ") m");
		}
		return new Compared(new RowCounts(read, read, 0, 0, 0), missing, different, surplus);
	}

	private boolean same(StateRow expected, ResultSet row) throws SQLException {
		String state = row.getString(1);
		for (int i = 0; i < expected.times().size(); i++) {
			long found = ColumnTimes.wallMicros(ColumnTimes.read(row, 2 + i, this.to.dialect()));
			if (found != expected.times().get(i)) {
				return false;
			}
		}
		return state != null && JsonEquality.same(expected.state(), state);
	}

	private static long number(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
