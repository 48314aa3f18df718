package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.plan.Revisions;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.PendingChange;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Looks at a database and says how it and this library fit together.
 */
final class Look {

	private final SessionTables tables;

	private final Planning planning;

	Look(MigrationSettings settings) {
		this.tables = settings.tables();
		this.planning = new Planning(settings);
	}

	SchemaStatus examine(Connection connection, DatabaseDialect dialect) throws SQLException {
		DetectedSchema detected = new SchemaDetector(dialect, this.tables).detect(connection);
		Bookkeeping bookkeeping = Bookkeeping.read(connection, new RunHistory(dialect, this.tables), this.tables,
				detected.catalog());
		Compatibility compatibility;
		List<PendingChange> pending = List.of();
		List<DeferredChange> deferred = List.of();
		if (bookkeeping.ahead(BundledChangelog.HEAD)) {
			compatibility = bookkeeping.compatibleWith(BundledChangelog.HEAD) ? Compatibility.AHEAD_COMPATIBLE
					: Compatibility.AHEAD_INCOMPATIBLE;
		}
		else {
			try {
				MigrationPlan plan = this.planning.plan(connection, dialect, detected, UpgradeTarget.head());
				pending = bookkeeping.copying() ? List.of(PendingChange.obstacle(UnfinishedCopy.TEXT))
						: plan.steps().stream().map(Look::change).toList();
				deferred = plan.deferred();
				compatibility = !plan.isEmpty() || bookkeeping.copying() ? Compatibility.BEHIND : done(deferred);
			}
			catch (MigrationException ex) {
				pending = List.of(PendingChange.obstacle(ex.description() + " " + ex.action()));
				compatibility = Compatibility.UNRECOGNIZED;
			}
		}
		String schemaVersion = detected instanceof DetectedSchema.Known known ? known.schemaVersion().orElse(null)
				: null;
		return new SchemaStatus(compatibility, Described.level(detected), Described.title(detected), schemaVersion,
				revision(compatibility, bookkeeping, detected, dialect), BundledChangelog.HEAD, pending, deferred,
				detected.evidence(), bookkeeping.lastRun());
	}

	private static Compatibility done(List<DeferredChange> deferred) {
		return deferred.isEmpty() ? Compatibility.EQUAL : Compatibility.DEFERRED;
	}

	static PendingChange change(MigrationStep step) {
		return new PendingChange(step.id(), step.phase().name().toLowerCase(Locale.ROOT), step.description());
	}

	private String revision(Compatibility compatibility, Bookkeeping bookkeeping, DetectedSchema detected,
			DatabaseDialect dialect) {
		return switch (compatibility) {
			case EQUAL -> BundledChangelog.HEAD;
			case AHEAD_COMPATIBLE, AHEAD_INCOMPATIBLE -> bookkeeping.revision();
			case DEFERRED, BEHIND, UNRECOGNIZED -> Revisions.of(detected, dialect, this.tables);
		};
	}

	static SchemaStatus unchanged(DeferredIndex.Seen seen) {
		String revision = seen.deferred().isEmpty() ? BundledChangelog.HEAD : BundledChangelog.REVISIONS.get(1);
		return new SchemaStatus(done(seen.deferred()), HeadSchema.level(revision),
				"adk-migration, revision " + revision, HeadSchema.SCHEMA_VERSION, revision, BundledChangelog.HEAD,
				List.of(), seen.deferred(), List.of(), seen.run());
	}

}
