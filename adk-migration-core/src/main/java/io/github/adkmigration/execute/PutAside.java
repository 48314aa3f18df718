package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Tells which tables the undoing of a conversion puts aside, and how many of their rows
 * stand nowhere else.
 *
 * @since 0.1.0
 */
public final class PutAside {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Pattern names;

	/**
	 * Create the reader of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public PutAside(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
		this.names = Pattern.compile("[\"`](" + Pattern.quote(tables.prefix())
				+ "adk_migration_(?:events|sessions|app_states|user_states)_since(?:_\\d+)?)[\"`]");
	}

	/**
	 * Count what would be put aside.
	 * @param connection any connection
	 * @param changes what is about to be undone
	 * @return the tables under the names that they would get
	 * @throws SQLException if a query fails
	 */
	public List<KeptTable> before(Connection connection, List<AppliedChange> changes) throws SQLException {
		return tables(connection, changes, this.tables.sql(SessionTable.EVENTS, this.dialect),
				this.tables.sql(BookkeepingTable.KEPT, this.dialect));
	}

	/**
	 * Count what was put aside.
	 * @param connection any connection
	 * @param changes what was undone
	 * @return the tables
	 * @throws SQLException if a query fails
	 */
	public List<KeptTable> after(Connection connection, List<AppliedChange> changes) throws SQLException {
		return tables(connection, changes, "", this.tables.sql(SessionTable.EVENTS, this.dialect));
	}

	private List<KeptTable> tables(Connection connection, List<AppliedChange> changes, String now, String old)
			throws SQLException {
		List<KeptTable> kept = new ArrayList<>();
		for (String name : names(changes)) {
			boolean events = name.startsWith(this.tables.name(BookkeepingTable.SINCE));
			// Rows of the other tables are brought into those that take their place.
			kept.add(new KeptTable(name, events
					? written(connection, now.isEmpty() ? this.tables.qualify(name, this.dialect) : now, old) : 0));
		}
		return kept;
	}

	private Set<String> names(List<AppliedChange> changes) {
		Set<String> found = new LinkedHashSet<>();
		for (AppliedChange change : changes) {
			if (change.changeset().equals(MigrationStep.Swap.ID)) {
				for (String statement : change.statements()) {
					Matcher matcher = this.names.matcher(statement);
					while (matcher.find()) {
						found.add(matcher.group(1));
					}
				}
			}
		}
		return found;
	}

	private static long written(Connection connection, String since, String old) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM " + since
						+ " n WHERE NOT EXISTS (SELECT 1 FROM " + old + " e WHERE e.id = n.id"
						+ " AND e.app_name = n.app_name AND e.user_id = n.user_id AND e.session_id = n.session_id)")) {
			row.next();
			return row.getLong(1);
		}
	}

}
