package io.github.adkmigration;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.plan.Deferral;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.DeferredChange.Reason;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * What a start recognises at a glance: head, or head without an index that was deferred,
 * and whether the times of events were repaired.
 *
 * @param settings names and the limit
 */
record DeferredIndex(MigrationSettings settings) {

	private static final String IN_UTC = ", times in UTC";

	/**
	 * Look whether nothing has changed since a run that led to head, or that deferred the
	 * index by the same limit.
	 */
	Optional<Seen> glance(Connection connection, DatabaseDialect dialect, String shapeSettings) {
		SessionTables tables = this.settings.tables();
		List<String> reached = this.settings.defersIndexes()
				? List.of(BundledChangelog.HEAD, reached(false), reached(true)) : List.of(BundledChangelog.HEAD);
		List<String> states = new ArrayList<>();
		for (String state : reached) {
			states.add(state + IN_UTC);
		}
		if (!this.settings.repairsTimes()) {
			states.addAll(reached);
		}
		Glance.Unchanged unchanged = new Glance(dialect, tables).unchanged(connection, shapeSettings, states)
			.orElse(null);
		return unchanged == null ? Optional.empty()
				: Optional.of(seen(dialect, unchanged.run(), unchanged.reached().replace(IN_UTC, "")));
	}

	private Seen seen(DatabaseDialect dialect, RunRecord run, String reached) {
		return new Seen(run, reached.equals(BundledChangelog.HEAD) ? List.of()
				: List.of(recorded(dialect, reached.equals(reached(true)))));
	}

	/**
	 * Return what a fingerprint is made of for what was reached by a run that repaired
	 * the times of events where that is wanted.
	 */
	String stored(String reached) {
		return this.settings.repairsTimes() ? reached + IN_UTC : reached;
	}

	/**
	 * Return what a fingerprint says that was reached with a plan. What is deferred only
	 * for the moment has to be looked at again.
	 */
	String reached(MigrationPlan plan) {
		List<DeferredChange> deferred = plan.deferred();
		boolean lasts = deferred.size() == 1 && deferred.get(0).reason() == Reason.LARGE_TABLE;
		return lasts ? reached(deferred.get(0).statements().size() > 1) : plan.to();
	}

	private String reached(boolean invalid) {
		return BundledChangelog.HEAD + (invalid ? ", index invalid" : ", no index") + " above "
				+ this.settings.deferIndexesAbove();
	}

	private DeferredChange recorded(DatabaseDialect dialect, boolean invalid) {
		return new Deferral(dialect, this.settings).recorded(FragmentReader.derive(dialect, this.settings.tables(),
				this.settings.ownerColumn(), new Catalog("", Map.of())), invalid);
	}

	/**
	 * A run since which nothing has changed.
	 *
	 * @param run the newest run
	 * @param deferred what it has left to operators, empty at head
	 */
	record Seen(RunRecord run, List<DeferredChange> deferred) {
	}

}
