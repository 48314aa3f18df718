package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Carries out a plan, step by step, and records each step when it is done.
 *
 * @since 0.1.0
 */
public final class MigrationExecutor {

	private final StepRecorder recorder;

	private final LiquibaseRunner liquibase;

	/**
	 * Create an executor for a target.
	 * @param dialect dialect of its database
	 * @param settings names and limits
	 * @param recorder told of each applied change
	 */
	public MigrationExecutor(DatabaseDialect dialect, MigrationSettings settings, StepRecorder recorder) {
		this.recorder = recorder;
		this.liquibase = new LiquibaseRunner(dialect, settings.tables());
	}

	/**
	 * Carry out a plan.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @param plan what to do
	 * @param lock the lock, held
	 * @return what was done
	 * @throws SQLException if a statement of ours fails
	 */
	public List<StepReport> execute(Connection connection, MigrationPlan plan, HeldLock lock) throws SQLException {
		List<StepReport> reports = new ArrayList<>();
		for (MigrationStep step : plan.steps()) {
			lock.assertHeld();
			long begun = System.nanoTime();
			if (step instanceof MigrationStep.Schema schema) {
				schema(connection, schema.changeset(), begun);
			}
			reports.add(new StepReport(step.id(), step.description(), since(begun)));
		}
		return reports;
	}

	private void schema(Connection connection, Changeset changeset, long begun) throws SQLException {
		this.liquibase.run(connection, List.of(changeset));
		this.recorder.applied(connection, changeset, since(begun));
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

}
