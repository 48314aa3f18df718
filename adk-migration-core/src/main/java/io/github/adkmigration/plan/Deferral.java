package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.DeferredChange.Reason;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;

/**
 * Decides which steps of a plan the start of an application leaves to operators: the
 * application works without an index, and building it on a large table takes long.
 *
 * @since 0.1.0
 */
public final class Deferral {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	/**
	 * Create the decision for a target.
	 * @param dialect dialect of its database
	 * @param settings names and the limit
	 */
	public Deferral(DatabaseDialect dialect, MigrationSettings settings) {
		this.dialect = dialect;
		this.settings = settings;
	}

	/**
	 * Take out of a plan what is deferred. The plan then leads to the revision below.
	 */
	MigrationPlan applied(MigrationPlan plan, IndexWork work) {
		Reason reason = reason(work);
		List<MigrationStep> steps = new ArrayList<>();
		List<DeferredChange> deferred = new ArrayList<>();
		String to = plan.to();
		for (MigrationStep step : plan.steps()) {
			if (reason != null && step instanceof MigrationStep.Index index) {
				deferred.add(change(index, reason, work.builder()));
				to = below(index.changeset().revision());
			}
			else {
				steps.add(step);
			}
		}
		return new MigrationPlan(plan.detected(), plan.from(), to, steps, plan.notes(), deferred);
	}

	/**
	 * Return what is deferred where the record says so, without asking the database.
	 * @param fragments texts that the changelog takes from the catalog, derived
	 * @param invalid whether the index is left over from an interrupted build
	 * @return the change
	 */
	public DeferredChange recorded(Map<String, String> fragments, boolean invalid) {
		BundledChangelog changelog = BundledChangelog.read(this.dialect, this.settings.tables(), "", fragments);
		return change(index(changelog, invalid), Reason.LARGE_TABLE, null);
	}

	/**
	 * Return the step that builds the index.
	 * @param changelog the changelog of the target
	 * @param repairs whether an interrupted build has left the index invalid
	 * @return the step
	 */
	public static MigrationStep.Index index(BundledChangelog changelog, boolean repairs) {
		return new MigrationStep.Index(changelog.get("0002_events_index"), repairs);
	}

	private @Nullable Reason reason(IndexWork work) {
		if (!this.settings.defersIndexes()) {
			return null;
		}
		if (work.builder() != null) {
			return Reason.BEING_BUILT;
		}
		return work.large() ? Reason.LARGE_TABLE : null;
	}

	private DeferredChange change(MigrationStep.Index index, Reason reason, @Nullable Long builder) {
		String name = "The index " + this.settings.tables().eventsIndexName() + " is deferred: ";
		String table = "the table " + this.settings.tables().name(SessionTable.EVENTS);
		String why = switch (reason) {
			case LARGE_TABLE -> table + " has more than " + this.settings.deferIndexesAbove()
					+ " rows (adk.migration.defer-indexes-above)"
					+ (index.repairs() ? ", and an interrupted build has left the index invalid." : ".");
			case BEING_BUILT -> "session " + builder + " is building an index on " + table + ".";
		};
		return new DeferredChange(index.id(), index.phase().name().toLowerCase(Locale.ROOT), index.description(),
				reason, name + why, index.statements());
	}

	private static String below(String revision) {
		return BundledChangelog.REVISIONS.get(BundledChangelog.REVISIONS.indexOf(revision) - 1);
	}

}
