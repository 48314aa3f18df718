package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.catalog.SinceTables;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Tells which tables the undoing of a conversion puts aside, and how many of their rows
 * stand nowhere else.
 *
 * @since 0.1.0
 */
public final class PutAside {

	private static final Pattern QUOTED = Pattern.compile("[\"`]([^\"`]+)[\"`]");

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	/**
	 * Create the reader of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public PutAside(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Count what would be put aside.
	 * @param connection any connection
	 * @param changes what is about to be undone
	 * @return the tables under the names that they would get
	 * @throws SQLException if a query fails
	 */
	public List<KeptTable> before(Connection connection, List<AppliedChange> changes) throws SQLException {
		return tables(connection, names(changes), this.tables.sql(SessionTable.EVENTS, this.dialect),
				old(connection, this.tables.name(BookkeepingTable.KEPT)));
	}

	/**
	 * Count what was put aside.
	 * @param connection any connection
	 * @param changes what was undone
	 * @return the tables
	 * @throws SQLException if a query fails
	 */
	public List<KeptTable> after(Connection connection, List<AppliedChange> changes) throws SQLException {
		Set<String> names = names(changes);
		// A swap that was begun and never came to its renames has left none.
		names.retainAll(new SinceTables(connection, this.dialect, this.tables).names());
		return tables(connection, names, "", old(connection, this.tables.name(SessionTable.EVENTS)));
	}

	/**
	 * Return the old events, which are those of another writer where none of ours is
	 * under a name.
	 */
	private String old(Connection connection, String name) throws SQLException {
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		return BesideTables.kept(catalog, this.dialect, this.tables)
			.filter((beside) -> catalog.table(name).isEmpty() || beside.names().name(SessionTable.EVENTS).equals(name))
			.map((beside) -> beside.relation(SessionTable.EVENTS))
			.orElse(this.tables.qualify(name, this.dialect));
	}

	private List<KeptTable> tables(Connection connection, Set<String> names, String now, String old)
			throws SQLException {
		List<KeptTable> kept = new ArrayList<>();
		for (String name : names) {
			boolean events = events(name);
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
					QUOTED.matcher(statement)
						.results()
						.map((quoted) -> quoted.group(1))
						.filter((name) -> SinceTables.number(this.tables, name).isPresent())
						.forEach(found::add);
				}
			}
		}
		return found;
	}

	/**
	 * Tell whether a table that was put aside holds events.
	 * @param name its name
	 * @return whether it does, and not sessions or states
	 */
	public boolean events(String name) {
		int number = SinceTables.number(this.tables, name).orElse(1);
		return name.equals(this.tables.name(BookkeepingTable.SINCE, number));
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
