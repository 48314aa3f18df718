package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Lets a downgrade die before its writes in turn, as when the process is gone.
 */
class DowngradeCrashTests {

	/** What Liquibase writes about itself decides nothing; what we write there does. */
	private static final Pattern WRITE = Pattern
		.compile("(?is)(?!.*migration_changelog_lock)(?!(insert|update|create).*migration_changelog)"
				+ "(insert|update|delete|create|alter|drop|rename)\\b.*");

	private static final MigrationSettings SETTINGS = Migrations.settings().withBatchSize(2).withMaxQuarantined(1);

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anotherDowngradeCompletesOneWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		Aftermath undisturbed;
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			downgrade(database.dataSource());
			undisturbed = Aftermath.of(database);
		}
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += FaultyRun.STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				fill(database);
				completed = !dies(database, died);
				try {
					downgrade(database.dataSource());
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before write " + died, ex);
				}
				assertThat(Aftermath.of(database).differences(undisturbed)).as("after a crash before write " + died)
					.isEmpty();
			}
		}
		assertThat(died).isGreaterThan(10);
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anUpgradeInsteadKeepsEveryEventWhereverTheDowngradeDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += FaultyRun.STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				fill(database);
				List<String> events = events(database);
				completed = !dies(database, died);
				try {
					Migrations.migrate(database, SETTINGS);
					Migrations.isAtHead(database, SETTINGS);
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before write " + died, ex);
				}
				assertThat(events(database)).as("after a crash before write " + died).isEqualTo(events);
			}
		}
		assertThat(died).isGreaterThan(10);
	}

	/** Created tables are dropped one by one, on MySQL without a transaction. */
	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anUpgradeCreatesAgainWhatADowngradeThatDiedHasDropped(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += FaultyRun.STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				Migrations.migrate(database, SETTINGS);
				completed = !dies(database, died);
				try {
					Migrations.migrate(database, SETTINGS);
					Migrations.isAtHead(database, SETTINGS);
					downgrade(database.dataSource());
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before write " + died, ex);
				}
				assertThat(Contents.ofSessionTables(database).tables()).as("after a crash before write " + died)
					.isEmpty();
			}
		}
		assertThat(died).isGreaterThan(10);
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anUpgradeIsUndoneWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += FaultyRun.STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				old(database);
				Contents before = Contents.ofSessionTables(database);
				completed = !Crash.dies(database, WRITE, died,
						(dying) -> Migrations.migrator(dying, SETTINGS).migrate());
				try {
					downgrade(database.dataSource());
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before write " + died, ex);
				}
				assertThat(Contents.ofSessionTables(database)).as("after a crash before write " + died)
					.isEqualTo(before);
				assertThat(Migrations.migrate(database, SETTINGS).rows().converted()).isEqualTo(3);
			}
		}
		assertThat(died).isGreaterThan(20);
	}

	private static boolean dies(TestDatabase database, int last) throws SQLException {
		return Crash.dies(database, WRITE, last, DowngradeCrashTests::downgrade);
	}

	private static void downgrade(DataSource dataSource) {
		Migrations.migrator(dataSource, SETTINGS).downgrade(DowngradeTarget.base());
	}

	private static void old(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 3; i++) {
			V0Rows.event(database, "e" + i);
		}
		V0Rows.event(database, "bad", "s", new byte[] { 1 }, "{}");
	}

	private static void fill(TestDatabase database) throws SQLException {
		old(database);
		Migrations.migrate(database, SETTINGS);
		HistoricRows.append(database, "new-1");
	}

	private static List<String> events(TestDatabase database) throws SQLException {
		return Sql.column(database, "SELECT id FROM events ORDER BY id").stream().map(String::valueOf).toList();
	}

}
