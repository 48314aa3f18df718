package io.github.adkmigration.test.migration;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.test.AdkDatabase;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener hears of a run, and that it can do no harm.
 */
class ProgressTests {

	private static final String SAMPLE = "adk-python-1.15-sample";

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aListenerHearsOfEachStepInItsOrder(TestDatabase database) {
		List<String> begun = new ArrayList<>();
		MigrationReport report = migrate(database, new MigrationListener() {

			@Override
			public void begins(String step, String description) {
				begun.add(step);
			}

		});
		assertThat(begun).isNotEmpty().isEqualTo(report.steps().stream().map(StepReport::id).toList());
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aListenerHearsOfTheRowsFromTheFirstToTheLast(TestDatabase database) {
		List<Progress> heard = new ArrayList<>();
		MigrationReport report = migrate(database, new MigrationListener() {

			@Override
			public void progress(Progress progress) {
				heard.add(progress);
			}

		});
		assertThat(heard).extracting(Progress::rowsTotal).containsOnly(report.rows().read());
		assertThat(heard.get(0).rowsDone()).isZero();
		assertThat(heard.get(heard.size() - 1).rowsDone()).isEqualTo(report.rows().read());
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aListenerThatFailsIsCalledOnceAndEndsNothing(TestDatabase database) {
		List<String> calls = new ArrayList<>();
		MigrationReport report = migrate(database, new MigrationListener() {

			@Override
			public void begins(String step, String description) {
				calls.add(step);
				throw new IllegalStateException("A listener that fails");
			}

		});
		assertThat(calls).hasSize(1);
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
	}

	private static MigrationReport migrate(TestDatabase database, MigrationListener listener) {
		return AdkMigrator.create(database.dataSource())
			.settings(Migrations.settings())
			.listener(listener)
			.build()
			.migrate();
	}

}
