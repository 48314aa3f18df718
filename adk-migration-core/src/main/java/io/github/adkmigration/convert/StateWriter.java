package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.PacketLimit;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.convert.ConvertedPage.Substituted;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RowCounts;
import org.jspecify.annotations.Nullable;

/**
 * Writes sessions or states into a target.
 */
final class StateWriter {

	private final StateTable table;

	private final String insert;

	private final SetAsideWriter setAside;

	private final boolean owned;

	private final boolean batched;

	private final DatabaseDialect dialect;

	/** PostgreSQL's; the others do not look at foreign keys then. */
	private static final String FOREIGN_KEY = "23503";

	StateWriter(Side to, StateTable table) {
		this(to, table, null);
	}

	/**
	 * Create a writer of rows beside which the source has a column of its user.
	 * @param owner the column, or {@code null}
	 */
	StateWriter(Side to, StateTable table, @Nullable OwnerValues owner) {
		this.table = table;
		this.dialect = to.dialect();
		this.owned = owner != null;
		// MariaDB reads a subquery once for all rows of a batch.
		this.batched = owner == null || to.dialect() != DatabaseDialect.MARIADB;
		this.setAside = new SetAsideWriter(to.dialect(), to.tables());
		boolean postgres = to.dialect() == DatabaseDialect.POSTGRESQL;
		this.insert = "INSERT INTO " + to.tables().sql(table.table(), to.dialect()) + " ("
				+ String.join(", ", table.columns()) + (owner == null ? "" : ", " + owner.column()) + ") VALUES ("
				+ table.columns()
					.stream()
					.map((column) -> !postgres || table.keys().contains(column) ? "?"
							: column.equals("state") ? "CAST(? AS jsonb)" : "CAST(? AS timestamp)")
					.collect(Collectors.joining(", "))
				+ (owner == null ? "" : ", " + owner.ofSession()) + ")";
	}

	void write(Connection connection, List<StateRow> rows) throws SQLException {
		PacketLimit packets = PacketLimit.of(connection, this.dialect);
		try (PreparedStatement statement = connection.prepareStatement(this.insert)) {
			for (StateRow row : rows) {
				packets.require("A state in " + this.table.label(), row.state());
				int position = 1;
				for (String key : row.key()) {
					statement.setString(position++, key);
				}
				statement.setString(position++, row.state());
				for (long time : row.times()) {
					statement.setString(position++, StoredTimes.text(time));
				}
				if (this.owned) {
					for (String key : row.key()) {
						statement.setString(position++, key);
					}
				}
				if (this.batched) {
					statement.addBatch();
				}
				else {
					statement.executeUpdate();
				}
			}
			if (this.batched) {
				statement.executeBatch();
			}
		}
		catch (SQLException ex) {
			if (FOREIGN_KEY.equals(ex.getSQLState())) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"The owner of a session is not in the table to which adk.migration.owner-id-column refers.",
						"Add the missing owners to that table, or correct the sessions, and start again.", ex);
			}
			if (String.valueOf(ex.getSQLState()).startsWith("23")) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"Keys that are two in the source's " + this.table.label()
								+ " are one in the target, whose collation does not tell them apart.",
						"Give the target's database a collation that tells upper from lower case, and copy again.", ex);
			}
			throw ex;
		}
		List<Substituted> substituted = rows.stream()
			.flatMap((row) -> row.substitutions()
				.stream()
				.map((substitution) -> new Substituted(row.recorded(), substitution)))
			.toList();
		this.setAside.write(connection, new ConvertedPage(List.of(), List.of(), substituted, RowCounts.NONE, ""));
	}

	/**
	 * Return the statement that creates the rows that newer writers expect to find beside
	 * each session.
	 */
	static String createMissing(Side to, StateTable table) {
		DatabaseDialect dialect = to.dialect();
		String state = dialect == DatabaseDialect.POSTGRESQL ? "CAST('{}' AS jsonb)" : "'{}'";
		String now = dialect == DatabaseDialect.SQLITE ? "strftime('%Y-%m-%d %H:%M:%f000', 'now')" : dialect.utcNow();
		// The clock of PostgreSQL differs from row to row, so it has no place beside
		// DISTINCT.
		return "INSERT INTO " + to.tables().sql(table.table(), dialect) + " (" + String.join(", ", table.keys())
				+ ", state, update_time) SELECT " + String.join(", ", table.keys()) + ", " + state + ", " + now
				+ " FROM (" + missing(to, table) + ") m";
	}

	/**
	 * Return a query of the keys that the sessions have and the states lack.
	 */
	static String missing(Side side, StateTable table) {
		String keys = table.keys().stream().map((key) -> "s." + key).collect(Collectors.joining(", "));
		String same = table.keys()
			.stream()
			.map((key) -> "a." + key + " = s." + key)
			.collect(Collectors.joining(" AND "));
		return "SELECT DISTINCT " + keys + " FROM " + side.sql(StateTable.SESSIONS.table())
				+ " s WHERE NOT EXISTS (SELECT 1 FROM " + side.sql(table.table()) + " a WHERE " + same + ")";
	}

}
