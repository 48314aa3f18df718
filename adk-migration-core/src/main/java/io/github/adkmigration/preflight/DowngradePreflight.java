package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.catalog.RowSecurityReader;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks, before anything is undone, for what forbids it: stored SQL that is missing or
 * not what was recorded, and tables and columns that would be dropped with what they
 * hold.
 *
 * @since 0.1.0
 */
public final class DowngradePreflight {

	private static final String NAME = "(?:[\\w$]+|\"(?:[^\"]|\"\")+\"|`(?:[^`]|``)+`)";

	private static final String TABLE = NAME + "(?:\\." + NAME + ")?";

	private static final Pattern DROP_TABLE = Pattern
		.compile("(?is)\\s*DROP\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(" + TABLE + ")(?:\\s+(?:CASCADE|RESTRICT))?\\s*");

	private static final Pattern ALTER_TABLE = Pattern
		.compile("(?is)\\s*ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(" + TABLE + ").*");

	private static final Pattern DROP_COLUMN = Pattern
		.compile("(?is)\\bDROP\\s+COLUMN\\s+(?:IF\\s+EXISTS\\s+)?(" + NAME + ")");

	/** What gives a table another name, under which its rows stay. */
	private static final Pattern RENAME = Pattern
		.compile("(?is)\\s*ALTER\\s+TABLE\\s+(" + TABLE + ")\\s+RENAME\\s+TO\\s+(" + TABLE + ")\\s*");

	/** What would drop rows in a way that cannot be looked at. */
	private static final Pattern UNCHECKED = Pattern
		.compile("(?is)\\s*(?:DROP\\s+(?:TABLE|SCHEMA|DATABASE)|TRUNCATE)\\b.*");

	/** A table or a column that does not exist. */
	private static final Set<String> MISSING = Set.of("42P01", "42703", "42S02", "42S03", "42S04", "42S22");

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	/**
	 * Create the check of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public DowngradePreflight(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Check what is about to be undone.
	 * @param connection a connection in auto-commit mode; only read from
	 * @param changes the changes
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException with {@code REFUSED} if one of them must not be undone
	 */
	public void check(Connection connection, List<AppliedChange> changes) throws SQLException {
		for (AppliedChange change : changes) {
			if (!change.intact()) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"What is stored of " + change.changeset() + " is not what was recorded when it was applied.",
						"Find out who changed " + this.tables.name(BookkeepingTable.STEP)
								+ " and restore it from a backup; nothing was changed.");
			}
			if (!change.reversible()) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"Nothing is stored that undoes " + change.changeset() + ".",
						"Go back to a backup instead, or no further than to revision " + change.revision()
								+ "; nothing was changed.");
			}
		}
		if (changes.isEmpty()) {
			return;
		}
		List<String> held = new ArrayList<>();
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		hiddenRows(connection, catalog);
		Set<String> aside = new HashSet<>();
		for (AppliedChange change : changes) {
			for (String statement : change.remaining()) {
				Matcher rename = RENAME.matcher(statement);
				if (rename.matches()) {
					aside.add(plain(rename.group(1)));
					aside.remove(plain(rename.group(2)));
				}
				Matcher drop = DROP_TABLE.matcher(statement);
				if (!drop.matches() || !aside.contains(plain(drop.group(1)))) {
					held(connection, catalog, statement).filter((text) -> !held.contains(text)).ifPresent(held::add);
				}
			}
		}
		refuse(held);
	}

	/**
	 * Rows that a policy hides from us would be called none.
	 */
	private void hiddenRows(Connection connection, Catalog catalog) throws SQLException {
		List<String> hiding = this.dialect == DatabaseDialect.POSTGRESQL
				? RowSecurityReader.hiding(connection, this.tables, catalog) : List.of();
		if (!hiding.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Row level security may hide rows of " + String.join(", ", hiding)
							+ " from the user of the downgrade.",
					"Go back as a user with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY"
							+ " (adk.migration.user); nothing was changed.");
		}
	}

	/**
	 * Check one statement right before it is executed.
	 * @param connection the connection that will execute it
	 * @param statement which
	 * @throws SQLException if a query fails
	 * @throws MigrationException with {@code REFUSED} if it would drop rows
	 */
	public void check(Connection connection, String statement) throws SQLException {
		Matcher drop = DROP_TABLE.matcher(statement);
		if (this.dialect == DatabaseDialect.POSTGRESQL && drop.matches() && !locked(connection, drop.group(1))) {
			return;
		}
		if (UNCHECKED.matcher(statement).matches()) {
			held(connection, CatalogReader.read(connection, this.dialect, this.tables), statement)
				.ifPresent((text) -> refuse(List.of(text)));
		}
	}

	/**
	 * Keep everybody out of a table, so that nobody fills it between our look and its
	 * end.
	 */
	private static boolean locked(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			try (ResultSet row = statement
				.executeQuery("SELECT to_regclass(" + DatabaseDialect.POSTGRESQL.literal(table) + ") IS NOT NULL")) {
				row.next();
				if (!row.getBoolean(1)) {
					return false;
				}
			}
			statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
			return true;
		}
	}

	private void refuse(List<String> held) {
		if (!held.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Going back would drop what holds rows: " + String.join(", ", held) + ".",
					"Move the rows to where they are wanted, or go back less far; nothing was changed.");
		}
	}

	private Optional<String> held(Connection connection, Catalog catalog, String statement) throws SQLException {
		Matcher drop = DROP_TABLE.matcher(statement);
		if (drop.matches()) {
			return inTable(connection, catalog, drop.group(1));
		}
		if (UNCHECKED.matcher(statement).matches()) {
			return Optional.of("what \"" + statement.strip() + "\" means, which cannot be looked at");
		}
		Matcher alter = ALTER_TABLE.matcher(statement);
		Matcher column = DROP_COLUMN.matcher(statement);
		if (alter.matches() && column.find()) {
			long rows = count(connection,
					"SELECT count(*) FROM " + alter.group(1) + " WHERE " + column.group(1) + " IS NOT NULL");
			if (rows > 0) {
				return Optional.of("the column " + plain(column.group(1)) + " of " + plain(alter.group(1)) + " (" + rows
						+ " rows)");
			}
		}
		return Optional.empty();
	}

	private Optional<String> inTable(Connection connection, Catalog catalog, String table) throws SQLException {
		String name = plain(table);
		if (name.equals(this.tables.name(BookkeepingTable.SHADOW))) {
			// All of it is copied from the events, which are still there.
			return Optional.empty();
		}
		String ours = "";
		if (name.equals(this.tables.name(SessionTable.METADATA))) {
			ours = " WHERE NOT (" + this.dialect.quote("key") + " = '" + HeadSchema.SCHEMA_VERSION_KEY + "' AND "
					+ this.dialect.quote("value") + " = '" + HeadSchema.SCHEMA_VERSION + "')";
		}
		boolean known = catalog.table(name).isPresent();
		long rows = known || !ours(name) ? count(connection, "SELECT count(*) FROM " + table + ours) : 0;
		return rows == 0 ? Optional.empty() : Optional.of(name + " (" + rows + " rows)");
	}

	/** Of the tables of a target the catalog knows whether they exist. */
	private boolean ours(String name) {
		return this.tables.names().containsValue(name) || name.startsWith(this.tables.prefix() + "adk_migration_");
	}

	/**
	 * Count rows; what has gone, or never was there, holds none. Only without a
	 * transaction does PostgreSQL let one ask for that.
	 */
	private static long count(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			if (MISSING.contains(String.valueOf(ex.getSQLState()))
					|| String.valueOf(ex.getMessage()).contains("no such ")) {
				return 0;
			}
			throw ex;
		}
	}

	/** The last part of a name, without quotes. */
	private static String plain(String table) {
		Matcher parts = Pattern.compile(NAME).matcher(table);
		String last = table;
		while (parts.find()) {
			last = parts.group();
		}
		return last.replaceAll("^[\"`]|[\"`]$", "").toLowerCase(Locale.ROOT);
	}

}
