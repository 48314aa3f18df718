package io.github.adkmigration.schema;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables of one target are and what they are called. Every name is validated
 * here and nowhere else, so a statement may quote it without a further look.
 *
 * @param schema schema (PostgreSQL, H2) or database (MySQL, MariaDB) of the tables;
 * {@code null} for the connection's current one; must be {@code null} on SQLite
 * @param prefix put before the default names and before the names of our bookkeeping
 * tables; may be empty
 * @param names the name of each table, prefix included
 * @since 0.1.0
 */
public record SessionTables(@Nullable String schema, String prefix, Map<SessionTable, String> names) {

	private static final String PLAIN = "lower-case letters, digits and '_', 31 at most,";

	private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,30}");

	private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

	private static final int LONGEST_IDENTIFIER = 63;

	/** MySQL puts {@code _ibfk_1} behind it, and allows 64 characters. */
	private static final int LONGEST_WITH_KEYS = 57;

	/**
	 * Validate the names.
	 * @throws MigrationException with {@code INVALID_SETTING} for a name that is not
	 * plain, or given twice
	 */
	public SessionTables {
		if (schema != null && !SCHEMA.matcher(schema).matches()) {
			throw invalid("schema", schema, "schema", "letters, digits, '_', '$' and '-'");
		}
		if (!prefix.isEmpty() && !NAME.matcher(prefix).matches()) {
			throw invalid("table prefix", prefix, "table-prefix", PLAIN);
		}
		EnumMap<SessionTable, String> copy = new EnumMap<>(SessionTable.class);
		Set<String> seen = new HashSet<>();
		for (SessionTable table : SessionTable.values()) {
			String name = names.getOrDefault(table, prefix + table.defaultName());
			Set<String> ours = ours(prefix, table);
			if (!ours.contains(name) && !NAME.matcher(name).matches()) {
				throw invalid("table name", name, "tables.*", PLAIN);
			}
			if (!seen.add(name) || (bookkeeping(prefix, name) && !ours.contains(name))) {
				throw usedTwice(name);
			}
			copy.put(table, name);
		}
		names = Collections.unmodifiableMap(copy);
	}

	/** The default, and what a conversion calls the table before and after. */
	private static Set<String> ours(String prefix, SessionTable table) {
		String name = prefix + table.defaultName();
		return table == SessionTable.METADATA ? Set.of(name) : Set.of(name,
				prefix + BookkeepingTable.shadow(table).baseName(), prefix + BookkeepingTable.kept(table).baseName());
	}

	private static boolean bookkeeping(String prefix, String name) {
		for (BookkeepingTable table : BookkeepingTable.values()) {
			if (name.equals(prefix + table.baseName())) {
				return true;
			}
		}
		return false;
	}

	private static MigrationException usedTwice(String name) {
		return new MigrationException(MigrationErrorCode.INVALID_SETTING,
				"The table name '" + name + "' is used for two tables.", "Give each table a name of its own.");
	}

	private static MigrationException invalid(String what, String value, String setting, String allowed) {
		return new MigrationException(MigrationErrorCode.INVALID_SETTING,
				"The " + what + " '" + value + "' is not allowed.",
				"Use only " + allowed + " in adk.migration." + setting + ".");
	}

	/**
	 * Return the names that ADK itself uses, in the connection's current schema.
	 * @return the default names
	 */
	public static SessionTables defaults() {
		return new SessionTables(null, "", Map.of());
	}

	/**
	 * Return ADK's names behind a prefix.
	 * @param prefix the prefix, for example {@code crm_}
	 * @return the prefixed names in the connection's current schema
	 */
	public static SessionTables withPrefix(String prefix) {
		return new SessionTables(null, prefix, Map.of());
	}

	/**
	 * Return the same names in another schema.
	 * @param schema the schema, or {@code null} for the connection's current one
	 * @return the names in that schema
	 */
	public SessionTables inSchema(@Nullable String schema) {
		return new SessionTables(schema, this.prefix, this.names);
	}

	/**
	 * Return other names in the same schema.
	 * @param others names of some tables; the rest keep theirs
	 * @return the names
	 */
	public SessionTables called(Map<SessionTable, String> others) {
		Map<SessionTable, String> called = new EnumMap<>(this.names);
		called.putAll(others);
		return new SessionTables(this.schema, this.prefix, called);
	}

	/**
	 * Return these names, if applications may use them.
	 * @return these names
	 * @throws MigrationException with {@code INVALID_SETTING} if one is that of a
	 * bookkeeping table
	 */
	public SessionTables withoutBookkeeping() {
		for (String name : this.names.values()) {
			if (bookkeeping(this.prefix, name)) {
				throw usedTwice(name);
			}
		}
		return this;
	}

	/**
	 * Return the plain name of a table.
	 * @param table the table
	 * @return its name, lower case, unquoted
	 */
	public String name(SessionTable table) {
		return this.names.getOrDefault(table, table.defaultName());
	}

	/**
	 * Return the plain name of a bookkeeping table.
	 * @param table the table
	 * @return its name, lower case, unquoted
	 */
	public String name(BookkeepingTable table) {
		return this.prefix + table.baseName();
	}

	/**
	 * Return the plain name of one of several bookkeeping tables of a kind.
	 * @param table the kind
	 * @param number which, from 1
	 * @return the name, for the first without a number; not longer than MySQL's names for
	 * the keys of a table allow
	 */
	public String name(BookkeepingTable table, int number) {
		String name = name(table);
		if (number == 1) {
			return name;
		}
		String suffix = "_" + number;
		return name.substring(0, Math.min(name.length(), LONGEST_WITH_KEYS - suffix.length())) + suffix;
	}

	/**
	 * Return the name of a table as it stands in a statement.
	 * @param table the table
	 * @param dialect the dialect of the statement
	 * @return the quoted name, qualified where a schema is set
	 */
	public String sql(SessionTable table, DatabaseDialect dialect) {
		return qualify(name(table), dialect);
	}

	/**
	 * Return the name of a bookkeeping table as it stands in a statement.
	 * @param table the table
	 * @param dialect the dialect of the statement
	 * @return the quoted name, qualified where a schema is set
	 */
	public String sql(BookkeepingTable table, DatabaseDialect dialect) {
		return qualify(name(table), dialect);
	}

	/**
	 * Qualify and quote a name that lives beside the tables.
	 * @param name a validated name, lower case
	 * @param dialect the dialect of the statement
	 * @return the quoted name, qualified where a schema is set
	 */
	public String qualify(String name, DatabaseDialect dialect) {
		return this.schema == null ? dialect.quote(name) : quoteSchema(dialect) + "." + dialect.quote(name);
	}

	private String quoteSchema(DatabaseDialect dialect) {
		String value = this.schema == null ? "" : this.schema;
		// A schema is created by its owner in any case, so it is not folded.
		return dialect == DatabaseDialect.H2 ? '"' + value + '"' : dialect.quote(value);
	}

	/**
	 * Return the name of head's index on events. With ADK's own table name it is ADK's
	 * own; else it is made from the table name, since index names share a schema.
	 * @return the index name, lower case, at most 63 characters
	 */
	public String eventsIndexName() {
		return indexName("_app_user_session_ts_id");
	}

	/**
	 * Return the name of the index that adk-python 1.28 to 2.9 creates.
	 * @return the index name, lower case, at most 63 characters
	 */
	public String supersededIndexName() {
		return indexName("_app_user_session_ts");
	}

	private String indexName(String suffix) {
		String events = name(SessionTable.EVENTS);
		String full = "idx_" + events + suffix;
		if (full.length() <= LONGEST_IDENTIFIER) {
			return full;
		}
		String digest = Integer.toHexString(events.hashCode());
		return "idx_" + events.substring(0, 20) + "_" + digest + suffix;
	}

}
