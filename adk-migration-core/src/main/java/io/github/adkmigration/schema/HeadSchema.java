package io.github.adkmigration.schema;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * The newest schema as data: what adk-python 2.10.0 and newer create, under the names of
 * one target. Types are spelled as {@link Catalog.Column#type()} spells them, definitions
 * as a statement declares them.
 *
 * @param level the level of this schema, as {@link Layout#level()} names it
 * @param tables each table with its columns in physical order, its key, its foreign keys
 * (without a name, since it differs) and its indexes
 * @since 0.1.0
 */
public record HeadSchema(String level, Map<SessionTable, Catalog.Table> tables) {

	/** The level of the newest schema. */
	public static final String LEVEL = "python-2.10.0";

	/** The value of the {@code schema_version} row. */
	public static final String SCHEMA_VERSION = "1";

	/** The key of the row of the metadata table that holds the version. */
	public static final String SCHEMA_VERSION_KEY = "schema_version";

	private static final String FIRST_REVISION = "0001";

	private static final String FIRST_LEVEL = "python-1.22.0";

	private static final List<String> SESSION_KEY = List.of("app_name", "user_id", "id");

	public HeadSchema {
		tables = Collections.unmodifiableMap(new EnumMap<>(tables));
	}

	/**
	 * Return the schema of a revision. The first one is that of adk-python 1.22.0, which
	 * has no index on events.
	 * @param dialect the dialect, which decides the types
	 * @param names what the tables are called
	 * @param revision a revision that has tables
	 * @return the schema
	 */
	public static HeadSchema of(DatabaseDialect dialect, SessionTables names, String revision) {
		HeadSchema head = of(dialect, names);
		if (!revision.equals(FIRST_REVISION)) {
			return head;
		}
		Map<SessionTable, Catalog.Table> tables = new EnumMap<>(head.tables());
		Catalog.Table events = head.table(SessionTable.EVENTS);
		tables.put(SessionTable.EVENTS, new Catalog.Table(events.name(), events.columns(), events.primaryKey(),
				events.foreignKeys(), List.of()));
		return new HeadSchema(level(revision), tables);
	}

	/**
	 * Return the level of a revision.
	 * @param revision a revision that has tables
	 * @return the level, as {@link Layout#level()} names it
	 */
	public static String level(String revision) {
		return revision.equals(FIRST_REVISION) ? FIRST_LEVEL : LEVEL;
	}

	/**
	 * Return the newest schema of one target.
	 * @param dialect the dialect, which decides the types
	 * @param names what the tables are called
	 * @return the schema
	 */
	public static HeadSchema of(DatabaseDialect dialect, SessionTables names) {
		Types types = Types.of(dialect);
		Map<SessionTable, Catalog.Table> tables = new EnumMap<>(SessionTable.class);
		tables.put(SessionTable.METADATA, table(names.name(SessionTable.METADATA), List.of("key"),
				types.text("key", 128), types.text("value", 256)));
		tables.put(SessionTable.SESSIONS,
				table(names.name(SessionTable.SESSIONS), SESSION_KEY, types.text("app_name", 128),
						types.text("user_id", 128), types.text("id", 128), types.json("state", false),
						types.time("create_time"), types.time("update_time")));
		tables.put(SessionTable.APP_STATES, table(names.name(SessionTable.APP_STATES), List.of("app_name"),
				types.text("app_name", 128), types.json("state", false), types.time("update_time")));
		tables.put(SessionTable.USER_STATES,
				table(names.name(SessionTable.USER_STATES), List.of("app_name", "user_id"), types.text("app_name", 128),
						types.text("user_id", 128), types.json("state", false), types.time("update_time")));
		tables.put(SessionTable.EVENTS, events(types, names));
		return new HeadSchema(LEVEL, tables);
	}

	private static Catalog.Table events(Types types, SessionTables names) {
		List<Catalog.Column> columns = List.of(types.text("id", 128), types.text("app_name", 128),
				types.text("user_id", 128), types.text("session_id", 128), types.text("invocation_id", 256),
				types.time("timestamp"), types.json("event_data", true));
		Catalog.ForeignKey toSessions = new Catalog.ForeignKey("", List.of("app_name", "user_id", "session_id"),
				names.name(SessionTable.SESSIONS), SESSION_KEY, "CASCADE");
		Catalog.Index index = new Catalog.Index(names.eventsIndexName(),
				List.of("app_name", "user_id", "session_id", "timestamp desc", "id desc"), false, true);
		return new Catalog.Table(names.name(SessionTable.EVENTS), columns,
				List.of("id", "app_name", "user_id", "session_id"), List.of(toSessions), List.of(index));
	}

	private static Catalog.Table table(String name, List<String> primaryKey, Catalog.Column... columns) {
		return new Catalog.Table(name, Arrays.asList(columns), primaryKey, List.of(), List.of());
	}

	/**
	 * Return one table.
	 * @param table which
	 * @return the table as head has it
	 */
	public Catalog.Table table(SessionTable table) {
		Catalog.Table found = this.tables.get(table);
		if (found == null) {
			throw new IllegalStateException("Head has no table " + table);
		}
		return found;
	}

	/** The three kinds of columns that head is made of. */
	private record Types(String json, String time, String timeDeclaration) {

		private static Types of(DatabaseDialect dialect) {
			return switch (dialect) {
				case SQLITE -> new Types("text", "datetime", "DATETIME");
				case POSTGRESQL -> new Types("jsonb", "timestamp", "TIMESTAMP WITHOUT TIME ZONE");
				case MYSQL, MARIADB -> new Types("longtext", "datetime(6)", "DATETIME(6)");
				case H2 -> new Types("clob", "timestamp(6)", "TIMESTAMP(6)");
			};
		}

		private Catalog.Column text(String name, int length) {
			return new Catalog.Column(name, "varchar(" + length + ")", false, "VARCHAR(" + length + ")");
		}

		private Catalog.Column json(String name, boolean nullable) {
			return new Catalog.Column(name, this.json, nullable, this.json.toUpperCase(Locale.ROOT));
		}

		private Catalog.Column time(String name) {
			return new Catalog.Column(name, this.time, false, this.timeDeclaration);
		}

	}

}
