package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Lets a run die before each of its writes in turn: everything after it fails too, as
 * when the process is gone. The next run has to bring about what an undisturbed one does.
 */
class CrashTests {

	private static final MigrationSettings SETTINGS = Migrations.settings().withBatchSize(2).withMaxQuarantined(1);

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void aRunCompletesWhatAnEarlierOneLeftWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		Aftermath undisturbed;
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			Migrations.migrateToHead(database, SETTINGS);
			undisturbed = Aftermath.of(database);
		}
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += FaultyRun.STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				fill(database);
				completed = !Crash.dies(database, Crash.WRITE, died,
						(dying) -> Migrations.migrator(dying, SETTINGS).migrate());
				try {
					Migrations.migrate(database, SETTINGS);
					Migrations.isAtHead(database, SETTINGS);
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before statement " + died, ex);
				}
				assertThat(Aftermath.of(database).differences(undisturbed)).as("after a crash before statement " + died)
					.isEmpty();
			}
		}
		assertThat(died).isGreaterThan(20);
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 3; i++) {
			V0Rows.event(database, "e" + i);
		}
		V0Rows.event(database, "bad", "s", new byte[] { 1 }, "{}");
	}

}
