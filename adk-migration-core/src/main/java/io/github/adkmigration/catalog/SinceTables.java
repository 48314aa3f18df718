package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Finds the tables that downgrades have put aside. Each downgrade of a conversion makes a
 * set of its own, told apart by a number behind the name.
 *
 * @since 0.1.0
 */
public final class SinceTables {

	private static final String BASE_NAME = "adk_migration_(?:events|sessions|app_states|user_states)_since";

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Pattern pattern;

	private SinceTables(Connection connection, DatabaseDialect dialect, SessionTables tables) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.pattern = Pattern.compile(Pattern.quote(tables.prefix()) + BASE_NAME + "(?:_(\\d{1,9}))?");
	}

	/**
	 * Return the number that no table bears yet.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @return what to put behind a name, empty for the first set
	 * @throws SQLException if the catalog cannot be read
	 */
	public static String freeSuffix(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		TreeSet<Integer> taken = new SinceTables(connection, dialect, tables).numbers("");
		return taken.isEmpty() ? "" : suffix(taken.last() + 1);
	}

	/**
	 * Return the table of events that was put aside last, which holds all that older ones
	 * do.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @return its name, without a schema
	 * @throws SQLException if the catalog cannot be read
	 */
	public static Optional<String> newestEvents(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		String events = tables.name(BookkeepingTable.SINCE);
		TreeSet<Integer> numbers = new SinceTables(connection, dialect, tables).numbers(events);
		return numbers.isEmpty() ? Optional.empty() : Optional.of(events + suffix(numbers.last()));
	}

	private static String suffix(int number) {
		return number == 1 ? "" : "_" + number;
	}

	private TreeSet<Integer> numbers(String start) throws SQLException {
		TreeSet<Integer> numbers = new TreeSet<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(query())) {
			while (rows.next()) {
				String name = rows.getString(1).toLowerCase(Locale.ROOT);
				Matcher matcher = this.pattern.matcher(name);
				if (matcher.matches() && name.startsWith(start)) {
					numbers.add(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)));
				}
			}
		}
		return numbers;
	}

	private String query() {
		String schema = this.tables.schema();
		String quoted = "'" + schema + "'";
		return switch (this.dialect) {
			case SQLITE -> "SELECT name FROM sqlite_schema WHERE name LIKE '%since%'";
			case POSTGRESQL ->
				"SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
						+ " WHERE c.relname LIKE '%since%' AND n.nspname = "
						+ (schema == null ? "current_schema()" : quoted);
			case MYSQL, MARIADB ->
				"SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%since%' AND table_schema = "
						+ (schema == null ? "database()" : quoted);
			case H2 -> "SELECT table_name FROM information_schema.tables WHERE 1 = 0";
		};
	}

}
