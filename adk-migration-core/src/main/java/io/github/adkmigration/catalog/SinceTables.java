package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

	private static final List<BookkeepingTable> KINDS = List.of(BookkeepingTable.SINCE, BookkeepingTable.SINCE_SESSIONS,
			BookkeepingTable.SINCE_APP_STATES, BookkeepingTable.SINCE_USER_STATES);

	private static final Pattern NUMBER = Pattern.compile(".*_(\\d{1,6})");

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	/**
	 * Create a finder.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 */
	public SinceTables(Connection connection, DatabaseDialect dialect, SessionTables tables) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Tell whether a name is that of such a table.
	 * @param tables the names of the target
	 * @param name any name, lower case
	 * @return the number of its set, empty for another table
	 */
	public static OptionalInt number(SessionTables tables, String name) {
		Matcher matcher = NUMBER.matcher(name);
		int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
		return number > 0 && KINDS.stream().anyMatch((kind) -> tables.name(kind, number).equals(name))
				? OptionalInt.of(number) : OptionalInt.empty();
	}

	/**
	 * Return the number that no table bears yet.
	 * @return a number from 1
	 * @throws SQLException if the catalog cannot be read
	 */
	public int freeNumber() throws SQLException {
		return names().stream().mapToInt((name) -> number(this.tables, name).orElse(0)).max().orElse(0) + 1;
	}

	/**
	 * Return the table of events that was put aside last, which holds all that older ones
	 * do.
	 * @return its name, without a schema
	 * @throws SQLException if the catalog cannot be read
	 */
	public Optional<String> newestEvents() throws SQLException {
		int free = freeNumber();
		Set<String> names = names();
		return IntStream.range(1, free)
			.mapToObj((number) -> this.tables.name(BookkeepingTable.SINCE, free - number))
			.filter(names::contains)
			.findFirst();
	}

	/**
	 * Return which tables exist.
	 * @return their names, without a schema
	 * @throws SQLException if the catalog cannot be read
	 */
	public Set<String> names() throws SQLException {
		Set<String> names = new TreeSet<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(query())) {
			while (rows.next()) {
				String name = rows.getString(1).toLowerCase(Locale.ROOT);
				if (number(this.tables, name).isPresent()) {
					names.add(name);
				}
			}
		}
		return names;
	}

	private String query() {
		String schema = this.tables.schema();
		String quoted = "'" + schema + "'";
		return switch (this.dialect) {
			case SQLITE -> "SELECT name FROM sqlite_schema WHERE name LIKE '%adk_migration_%'";
			case POSTGRESQL ->
				"SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
						+ " WHERE c.relname LIKE '%adk_migration_%' AND n.nspname = "
						+ (schema == null ? "current_schema()" : quoted);
			case MYSQL, MARIADB ->
				"SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%adk_migration_%' AND table_schema = "
						+ (schema == null ? "database()" : quoted);
			case H2 -> "SELECT table_name FROM information_schema.tables WHERE 1 = 0";
		};
	}

}
