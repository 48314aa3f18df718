package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import io.github.adkmigration.catalog.AttachedObjectReader;
import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.catalog.IndexWorkReader;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationPlanner;
import io.github.adkmigration.preflight.StayingObjects;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Plans what leads from the tables as they are to a revision. Only reads.
 *
 * @param settings names and wishes
 */
record Planning(MigrationSettings settings) {

	/**
	 * Plan the way to head.
	 */
	MigrationPlan plan(Connection connection) throws SQLException {
		return plan(connection, DatabaseDialect.of(connection), UpgradeTarget.head());
	}

	MigrationPlan plan(Connection connection, DatabaseDialect dialect, UpgradeTarget target) throws SQLException {
		return plan(connection, dialect, new SchemaDetector(dialect, this.settings.tables()).detect(connection),
				target);
	}

	MigrationPlan plan(Connection connection, DatabaseDialect dialect, DetectedSchema detected, UpgradeTarget target)
			throws SQLException {
		boolean unfinished = Bookkeeping
			.read(connection, new RunHistory(dialect, this.settings.tables()), this.settings.tables(),
					detected.catalog())
			.unfinished();
		Map<String, String> fragments = FragmentReader.read(connection, dialect, this.settings.tables(),
				this.settings.ownerColumn(), detected.catalog());
		MigrationPlan schema = new MigrationPlanner(dialect, this.settings).plan(detected, fragments, unfinished,
				target, indexWork(connection, dialect, detected));
		MigrationPlan plan = new EventTimeLook(this.settings).planned(connection, dialect, schema, fragments);
		return plan.convertsEvents() ? StayingObjects.noted(plan,
				AttachedObjectReader.read(connection, dialect, this.settings.tables(), detected.catalog()),
				this.settings.tables()) : plan;
	}

	private IndexWork indexWork(Connection connection, DatabaseDialect dialect, DetectedSchema detected)
			throws SQLException {
		boolean asked = this.settings.defersIndexes() && detected instanceof DetectedSchema.Known known
				&& known.layout().family() == LayoutFamily.PYTHON_V1
				&& IndexWorkReader.needed(known.catalog(), this.settings.tables());
		return asked
				? IndexWorkReader.read(connection, dialect, this.settings.tables(), this.settings.deferIndexesAbove())
				: IndexWork.SMALL;
	}

}
