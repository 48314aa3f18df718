package io.github.adkmigration.cli;

import java.util.EnumMap;
import java.util.Map;

import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What the tables are called.
 */
final class NameOptions {

	@Option(names = "--schema", paramLabel = "NAME",
			description = "Schema (PostgreSQL, H2) or database (MySQL, MariaDB) of the tables. By default that of the"
					+ " connection.")
	private @Nullable String schema;

	@Option(names = "--table-prefix", paramLabel = "PREFIX",
			description = "Prefix of all table names, bookkeeping tables included.")
	private @Nullable String prefix;

	@Option(names = "--table-sessions", paramLabel = "NAME", description = "Name of the table of sessions.")
	private @Nullable String sessions;

	@Option(names = "--table-events", paramLabel = "NAME", description = "Name of the table of events.")
	private @Nullable String events;

	@Option(names = "--table-app-states", paramLabel = "NAME",
			description = "Name of the table of the state of applications.")
	private @Nullable String appStates;

	@Option(names = "--table-user-states", paramLabel = "NAME",
			description = "Name of the table of the state of users.")
	private @Nullable String userStates;

	@Option(names = "--table-metadata", paramLabel = "NAME", description = "Name of the table of ADK's schema version.")
	private @Nullable String metadata;

	@Option(names = "--owner-id-column", paramLabel = "DEFINITION",
			description = "A column to keep on the sessions, for example \"account_id UUID NOT NULL REFERENCES"
					+ " users(id) ON DELETE CASCADE\".")
	private @Nullable String ownerColumn;

	MigrationSettings apply(MigrationSettings settings, Surroundings surroundings) {
		Map<SessionTable, String> names = new EnumMap<>(SessionTable.class);
		name(names, SessionTable.SESSIONS, this.sessions, surroundings);
		name(names, SessionTable.EVENTS, this.events, surroundings);
		name(names, SessionTable.APP_STATES, this.appStates, surroundings);
		name(names, SessionTable.USER_STATES, this.userStates, surroundings);
		name(names, SessionTable.METADATA, this.metadata, surroundings);
		String owner = surroundings.optionOr(this.ownerColumn, "ADK_MIGRATION_OWNER_ID_COLUMN");
		String usedPrefix = surroundings.optionOr(this.prefix, "ADK_MIGRATION_TABLE_PREFIX");
		return settings
			.withTables(new SessionTables(surroundings.optionOr(this.schema, "ADK_MIGRATION_SCHEMA"),
					usedPrefix == null ? "" : usedPrefix, names))
			.withOwnerColumn(owner == null ? null : OwnerColumn.parse(owner));
	}

	static SessionTables tables(@Nullable String schema, String prefix) {
		return new SessionTables(schema, prefix, Map.of());
	}

	private static void name(Map<SessionTable, String> names, SessionTable table, @Nullable String option,
			Surroundings surroundings) {
		String name = surroundings.optionOr(option, "ADK_MIGRATION_TABLES_" + table.name());
		if (name != null) {
			names.put(table, name);
		}
	}

}
