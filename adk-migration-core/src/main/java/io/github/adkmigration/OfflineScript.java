package io.github.adkmigration;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.catalog.KnownLayout;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.ScriptWriter;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationPlanner;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Writes down what an upgrade executes without a database to look at, from a layout that
 * is named. Names that an upgrade takes from the catalog are those that the release's own
 * statements give.
 *
 * @since 0.1.0
 */
public final class OfflineScript {

	private static final String EMPTY = "empty";

	private OfflineScript() {
	}

	/**
	 * Return what the upgrade of a layout executes.
	 * @param dialect dialect of the database
	 * @param level {@code empty}, or a level that {@link #levels} lists
	 * @param settings names and wishes
	 * @param target how far to go
	 * @return the statements
	 * @throws MigrationException with {@code INVALID_SETTING} for a level or target that
	 * is not known
	 */
	public static MigrationScript of(DatabaseDialect dialect, String level, MigrationSettings settings,
			UpgradeTarget target) {
		DetectedSchema detected = detected(dialect, level, settings.tables());
		MigrationPlan plan = new MigrationPlanner(dialect, settings).plan(detected,
				FragmentReader.derive(dialect, settings.tables(), settings.ownerColumn(), detected.catalog()), false,
				target, IndexWork.SMALL);
		String collation = FragmentReader.defaultCollation(dialect);
		return ScriptWriter.offline(dialect, settings, plan,
				collation.isEmpty() ? List.of() : List.of("New tables get the collation " + collation
						+ "; where the sessions have another, put that in its place."));
	}

	/**
	 * Return the layouts that can be named.
	 * @param dialect dialect of the database
	 * @return levels, {@code empty} first
	 */
	public static List<String> levels(DatabaseDialect dialect) {
		return Stream.concat(Stream.of(EMPTY), KnownLayout.levels(dialect).stream()).toList();
	}

	private static DetectedSchema detected(DatabaseDialect dialect, String level, SessionTables tables) {
		if (level.equals(EMPTY)) {
			return new DetectedSchema.Empty(new Catalog("", Map.of()), List.of());
		}
		KnownLayout known = KnownLayout.find(dialect, tables, level)
			.orElseThrow(() -> new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"There is no layout '" + level + "' on " + dialect.id() + " that can be upgraded.",
					"Use one of " + String.join(", ", levels(dialect)) + "."));
		return new DetectedSchema.Known(known.layout(), known.schemaVersion(), known.catalog(), List.of());
	}

}
