package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.convert.TimeRepair;
import io.github.adkmigration.convert.TimeRepair.RepairedTimes;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Has the times of events set to UTC, with what undoes it recorded beforehand.
 */
final class TimeRepairStep {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final Catalog catalog;

	private final StepRecorder recorder;

	private final GuardedListener listener;

	TimeRepairStep(DatabaseDialect dialect, MigrationSettings settings, Catalog catalog, StepRecorder recorder,
			GuardedListener listener) {
		this.dialect = dialect;
		this.settings = settings;
		this.catalog = catalog;
		this.recorder = recorder;
		this.listener = listener;
	}

	/**
	 * Do it.
	 * @return what was done, in sentences, the most important first
	 */
	List<String> run(Connection connection, MigrationStep.EventTimes step, long begun) throws SQLException {
		if (!step.recorded()) {
			this.recorder.begun(connection, step.changeset());
		}
		Catalog.Table events = this.catalog.table(this.settings.tables().name(SessionTable.EVENTS))
			.orElseThrow(() -> new IllegalStateException("Times are those of events"));
		RepairedTimes repaired = new TimeRepair(this.dialect, this.settings, events, step.id(), this.listener)
			.run(connection);
		if (!step.recorded()) {
			this.recorder.applied(connection, step.id(), Duration.ofNanos(System.nanoTime() - begun));
		}
		return sentences(repaired);
	}

	private List<String> sentences(RepairedTimes repaired) {
		List<String> sentences = new ArrayList<>();
		sentences.add("The times of " + repaired.repaired() + " of " + repaired.events().of()
				+ (repaired.sessions() == 0 ? "" : " and of " + repaired.sessions() + " sessions")
				+ " were set to UTC; " + this.settings.tables().name(BookkeepingTable.FORMER_TIMES)
				+ " holds what they were.");
		if (repaired.events().unreadable() > 0) {
			sentences.add("The times of events stay as they are where the JSON beside them names none: "
					+ repaired.events().unreadableText() + ".");
		}
		if (repaired.events().notUtc() > 0) {
			sentences.add(repaired.events().notUtc() + " events came with local times meanwhile and were set too:"
					+ " end the adk-python older than 2.7.0 that writes them, and upgrade again.");
		}
		return sentences;
	}

}
