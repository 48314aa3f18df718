package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.clock.EventTimeReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.ChangeRecords;
import io.github.adkmigration.plan.EventTimeSteps;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Looks whether the times of V1 events have to be set to UTC. A start asks the record
 * alone: events are read by the run that it says is missing. A Job and the command read
 * them each time, since an older adk-python may have written more.
 *
 * @param settings names and wishes
 */
record EventTimeLook(MigrationSettings settings) {

	/**
	 * Return whether the record is not enough.
	 */
	static boolean thorough(MigrationSettings settings) {
		return settings.repairsTimes() && !settings.defersIndexes();
	}

	/**
	 * Add the repair to a plan that needs it.
	 */
	MigrationPlan planned(Connection connection, DatabaseDialect dialect, MigrationPlan plan,
			Map<String, String> fragments) throws SQLException {
		DetectedSchema detected = plan.detected();
		if (!this.settings.repairsTimes() || plan.convertsEvents() || !EventTimeSteps.possible(detected, dialect)
				|| plan.to().equals(BundledChangelog.BASE)) {
			return plan;
		}
		boolean recorded = recorded(connection, dialect, detected.catalog());
		boolean due = thorough(this.settings) ? reader(connection, dialect, detected).anyOther() : !recorded;
		return due ? EventTimeSteps.added(plan,
				BundledChangelog.read(dialect, this.settings.tables(), detected.catalog().schema(), fragments),
				this.settings.tables(), recorded) : plan;
	}

	private boolean recorded(Connection connection, DatabaseDialect dialect, Catalog catalog) throws SQLException {
		return catalog.table(this.settings.tables().name(BookkeepingTable.STEP)).isPresent()
				&& new ChangeRecords(dialect, this.settings.tables()).standing(connection)
					.stream()
					.anyMatch((change) -> change.changeset().equals(EventTimeSteps.ID)
							&& change.state().equals(AppliedChange.APPLIED));
	}

	/**
	 * Count the events whose time is not UTC.
	 * @param most how many to look at
	 * @return the counts; empty where there are no V1 events of adk-python
	 */
	Optional<EventTimes> count(Connection connection, DatabaseDialect dialect, DetectedSchema detected, long most)
			throws SQLException {
		return EventTimeSteps.possible(detected, dialect)
				? Optional.of(reader(connection, dialect, detected).count(most)) : Optional.empty();
	}

	private EventTimeReader reader(Connection connection, DatabaseDialect dialect, DetectedSchema detected) {
		return new EventTimeReader(connection, dialect, this.settings.tables(),
				detected.catalog().table(this.settings.tables().name(SessionTable.EVENTS)).orElseThrow());
	}

}
