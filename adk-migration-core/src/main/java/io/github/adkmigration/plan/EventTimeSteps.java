package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTables;

/**
 * The steps that set the time column of events that were V1 already to UTC.
 *
 * @since 0.1.0
 */
public final class EventTimeSteps {

	/** Under which the change stands in the history. */
	public static final String ID = "ext_adk_0001_event_times";

	private EventTimeSteps() {
	}

	/**
	 * Return whether a database may hold V1 events of an older adk-python, which never
	 * wrote to H2.
	 * @param detected what was found
	 * @param dialect dialect of the database
	 * @return whether there is something to look at
	 */
	public static boolean possible(DetectedSchema detected, DatabaseDialect dialect) {
		return dialect != DatabaseDialect.H2 && detected instanceof DetectedSchema.Known known
				&& known.layout().family() == LayoutFamily.PYTHON_V1;
	}

	/**
	 * Add the steps to a plan.
	 * @param plan the plan
	 * @param changelog the changelog of the target
	 * @param tables its names
	 * @param recorded whether the history has the change already
	 * @return the plan with them at its end
	 */
	public static MigrationPlan added(MigrationPlan plan, BundledChangelog changelog, SessionTables tables,
			boolean recorded) {
		List<MigrationStep> steps = new ArrayList<>(plan.steps());
		if (plan.detected().catalog().table(tables.name(BookkeepingTable.FORMER_TIMES)).isEmpty()) {
			steps.add(new MigrationStep.Schema(changelog.get("0001_former_times")));
		}
		steps.add(new MigrationStep.EventTimes(changelog.get("0001_event_times"), recorded));
		return new MigrationPlan(plan.detected(), plan.from(), plan.to(), steps, plan.notes(), plan.deferred());
	}

}
