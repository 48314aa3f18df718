package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Starts migrations with what most tests want.
 */
final class Migrations {

	/** The zone of the processes that wrote the rows of a corpus. */
	static final ZoneId WRITER = ZoneId.of("America/New_York");

	private Migrations() {
	}

	static MigrationSettings settings() {
		return MigrationSettings.defaults()
			.withLegacyClock(LegacyClock.in(WRITER))
			.withLockLimits(Duration.ofMinutes(2), Duration.ofMillis(50));
	}

	static AdkMigrator migrator(DataSource dataSource, MigrationSettings settings) {
		return AdkMigrator.create(dataSource).settings(settings).build();
	}

	static MigrationReport migrate(TestDatabase database) {
		return migrate(database, settings());
	}

	static MigrationReport migrate(TestDatabase database, MigrationSettings settings) {
		return migrator(database.dataSource(), settings).migrate();
	}

	/**
	 * Migrate and make sure that the result is head, that a second run finds nothing to
	 * do and that it can say so without the right to write.
	 */
	static MigrationReport migrateToHead(TestDatabase database, MigrationSettings settings) {
		MigrationReport report = migrate(database, settings);
		assertThat(report.outcome()).isNotEqualTo(Outcome.UP_TO_DATE);
		assertThat(report.rows().complete()).isTrue();
		isAtHead(database, settings);
		return report;
	}

	static MigrationReport migrateToHead(TestDatabase database) {
		return migrateToHead(database, settings());
	}

	static void isAtHead(TestDatabase database, MigrationSettings settings) {
		AdkMigrator readOnly = migrator(new ReadOnlyDataSource(database), settings);
		assertThat(readOnly.plan().steps()).isEmpty();
		assertThat(readOnly.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
	}

	static DowngradeReport downgrade(TestDatabase database, DowngradeTarget target) {
		return migrator(database.dataSource(), settings()).downgrade(target);
	}

	/**
	 * Go back and fail with a text that helps.
	 */
	static MigrationException refused(TestDatabase database, DowngradeTarget target) {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> downgrade(database, target));
		assertThat(failure).isNotNull();
		assertThat(failure.description()).isNotBlank();
		assertThat(failure.action()).isNotBlank();
		return failure;
	}

	/**
	 * Take the lease of a dead process away: it ends by itself, later than a test can
	 * wait.
	 */
	static void releaseLease(TestDatabase database) throws SQLException {
		if (database.dialect() == DatabaseDialect.SQLITE) {
			return;
		}
		boolean exists = Sql.number(database,
				"SELECT count(*) FROM information_schema.tables WHERE table_name = 'adk_migration_lock' AND table_schema = "
						+ (database.dialect().mysqlFamily() ? "database()" : "current_schema()")) == 1;
		if (exists) {
			Sql.execute(database, "DELETE FROM adk_migration_lock");
		}
	}

	static MigrationException failure(TestDatabase database, MigrationSettings settings, MigrationErrorCode code) {
		return failure(database.dataSource(), settings, code);
	}

	static MigrationException failure(DataSource dataSource, MigrationSettings settings, MigrationErrorCode code) {
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> migrator(dataSource, settings).migrate());
		assertThat(failure).isNotNull();
		assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
		assertThat(failure.description()).isNotBlank();
		assertThat(failure.action()).isNotBlank();
		return failure;
	}

}
