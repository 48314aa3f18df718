package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
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

	/**
	 * To die before a query or a commit is to die before the next write. What Liquibase
	 * writes about itself decides nothing.
	 */
	private static final Pattern WRITE = Pattern
		.compile("(?is)(?!.*migration_changelog)(insert|update|delete|create|alter|drop|rename|lock|unlock).*");

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
				AtomicInteger seen = new AtomicInteger();
				int last = died;
				InterceptedDataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
					boolean counts = WRITE.matcher(sql).matches();
					if (seen.get() >= last || (counts && seen.incrementAndGet() >= last)) {
						throw new SQLException("The process is gone at: " + sql, "08006");
					}
				});
				try {
					Migrations.migrator(dying, SETTINGS).migrate();
					completed = true;
				}
				catch (MigrationException ex) {
					assertThat(ex).hasStackTraceContaining("The process is gone");
				}
				if (database.dialect() != DatabaseDialect.SQLITE) {
					// A lease of a dead process ends by itself, later than a test can
					// wait.
					Migrations.releaseLease(database);
				}
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
