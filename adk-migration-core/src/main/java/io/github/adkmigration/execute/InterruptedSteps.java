package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Settles what runs were at when they died: a change may be in the database without being
 * in Liquibase's history or in ours. What the plan holds is begun again anyway; of the
 * rest the catalog says whether it was applied.
 */
final class InterruptedSteps {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String schema;

	private final LiquibaseRunner liquibase;

	private final StepRecorder recorder;

	InterruptedSteps(DatabaseDialect dialect, SessionTables tables, String schema, LiquibaseRunner liquibase,
			StepRecorder recorder) {
		this.dialect = dialect;
		this.tables = tables;
		this.schema = schema;
		this.liquibase = liquibase;
		this.recorder = recorder;
	}

	/**
	 * Settle all changes that were begun and are not in the plan.
	 * @param connection a connection in auto-commit mode
	 * @param plan what is about to be done
	 * @param changelog the changelog of the target
	 * @param begun ids of the changes that were begun
	 */
	void settle(Connection connection, MigrationPlan plan, BundledChangelog changelog, List<String> begun)
			throws SQLException {
		Set<String> planned = plan.steps().stream().map(MigrationStep::id).collect(Collectors.toSet());
		boolean swapping = plan.steps().stream().anyMatch(MigrationStep.FinishSwap.class::isInstance);
		for (String id : begun) {
			Optional<Changeset> changeset = changelog.find(id);
			if (planned.contains(id) || changeset.isEmpty()) {
				continue;
			}
			if (!id.equals(MigrationStep.Swap.ID)) {
				settle(connection, changeset.get());
			}
			else if (!swapping) {
				swapped(connection, Duration.ZERO);
			}
		}
	}

	/**
	 * Record that the swap is done, also where a dead run has begun it.
	 * @param connection any connection; its transaction mode is kept
	 * @param duration how long it took
	 */
	void swapped(Connection connection, Duration duration) throws SQLException {
		this.recorder.applied(connection, MigrationStep.Swap.ID, duration);
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("DELETE FROM " + this.tables.sql(BookkeepingTable.CHECKPOINT, this.dialect));
		}
	}

	private void settle(Connection connection, Changeset changeset) throws SQLException {
		// A precondition that wants 1 tells whether the table is there, not whether it
		// was changed; for such a change the plan has found nothing to do.
		if (changeset.expected().equals("0") && new SqlScript(connection).pending(changeset)) {
			this.recorder.abandoned(connection, changeset.id());
			return;
		}
		this.liquibase.run(connection, List.of(changeset));
		new Reversal(connection, this.dialect, this.tables, this.schema).record(this.recorder, changeset);
		this.recorder.applied(connection, changeset.id(), Duration.ZERO);
	}

}
