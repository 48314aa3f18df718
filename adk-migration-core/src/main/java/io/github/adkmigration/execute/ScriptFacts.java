package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * What a script has to know of the database beside its plan.
 *
 * @param versioned whether a row names the schema version
 * @param postgres what the swap needs on PostgreSQL, else {@code null}
 * @param sqlite what it needs on SQLite, else {@code null}
 * @param shadow the statement that made the new table of events on SQLite, if it exists
 */
record ScriptFacts(boolean versioned, @Nullable PostgresFacts postgres, @Nullable SqliteFacts sqlite,
		@Nullable String shadow) {

	static ScriptFacts read(Connection connection, DatabaseDialect dialect, SessionTables tables, MigrationPlan plan)
			throws SQLException {
		BundledChangelog changelog = null;
		MigrationStep.Swap swap = null;
		boolean versioned = known(plan);
		for (MigrationStep step : plan.steps()) {
			if (step instanceof MigrationStep.Swap found) {
				swap = found;
				changelog = found.changelog();
			}
			if (step.id().endsWith("_0001_schema_version") && step instanceof MigrationStep.Schema schema) {
				versioned = plan.detected().catalog().table(tables.name(SessionTable.METADATA)).isPresent()
						&& !new SqlScript(connection).pending(schema.changeset());
			}
		}
		if (swap == null || changelog == null) {
			return new ScriptFacts(versioned, null, null, null);
		}
		return switch (dialect) {
			case POSTGRESQL -> {
				PostgresFacts facts = new PostgresSwap(tables, plan.detected().catalog().schema(), swap, Duration.ZERO,
						1)
					.facts(connection);
				yield new ScriptFacts(versioned, swap.indexed() ? facts.withShadowIndex() : facts, null, null);
			}
			case SQLITE -> new ScriptFacts(versioned, null,
					SqliteFacts.read(connection, tables, swap.rebuilt(), changelog), shadow(connection, tables));
			case MYSQL, MARIADB, H2 -> new ScriptFacts(versioned, null, null, null);
		};
	}

	static ScriptFacts derive(DatabaseDialect dialect, SessionTables tables, MigrationPlan plan) {
		Catalog catalog = plan.detected().catalog();
		boolean marked = catalog.table(tables.name(SessionTable.METADATA)).isPresent();
		boolean versioned = known(plan);
		Catalog.@Nullable Table events = catalog.table(tables.name(SessionTable.EVENTS)).orElse(null);
		if (events == null) {
			return new ScriptFacts(versioned, null, null, null);
		}
		Set<String> indexes = new HashSet<>();
		events.indexes().forEach((index) -> indexes.add(index.name()));
		return switch (dialect) {
			case POSTGRESQL ->
				new ScriptFacts(versioned, new PostgresFacts(PostgresSwap.defaultConstraints(events.name()), indexes,
						indexed(plan), List.of(), List.of(), marked, versioned, List.of()), null, null);
			case SQLITE -> {
				List<SqliteFacts.Attached> dropped = indexes.stream()
					.map((name) -> new SqliteFacts.Attached("INDEX", name, ""))
					.toList();
				yield new ScriptFacts(versioned, null, new SqliteFacts(dropped, Map.of(), marked, versioned), null);
			}
			case MYSQL, MARIADB, H2 -> new ScriptFacts(versioned, null, null, null);
		};
	}

	private static boolean known(MigrationPlan plan) {
		return plan.detected() instanceof DetectedSchema.Known layout && layout.schemaVersion().isPresent();
	}

	private static boolean indexed(MigrationPlan plan) {
		return plan.steps().stream().anyMatch((step) -> step instanceof MigrationStep.Swap swap && swap.indexed());
	}

	private static @Nullable String shadow(Connection connection, SessionTables tables) throws SQLException {
		List<String> found = new SqlScript(connection)
			.strings("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '"
					+ tables.name(BookkeepingTable.SHADOW) + "'");
		return found.isEmpty() ? null : found.get(0);
	}

}
