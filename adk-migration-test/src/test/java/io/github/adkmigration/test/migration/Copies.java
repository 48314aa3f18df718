package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Copies one database into another, with what most tests want.
 */
final class Copies {

	private Copies() {
	}

	static TestDatabase sqlite() {
		return TestDatabases.sqlite().newDatabase();
	}

	static TestDatabase database(DatabaseDialect dialect) {
		return TestDatabases.embedded(dialect).newDatabase();
	}

	/**
	 * Copy and make sure that the target is head and that an application would start on
	 * it.
	 */
	static MigrationReport copy(TestDatabase source, TestDatabase target) throws SQLException {
		return copy(source, target, Migrations.settings());
	}

	static MigrationReport copy(TestDatabase source, TestDatabase target, MigrationSettings settings)
			throws SQLException {
		MigrationReport report = migrator(target, settings).copyFrom(source.dataSource(), settings);
		assertThat(report.outcome()).isEqualTo(Outcome.COPIED);
		assertThat(report.rows().complete()).isTrue();
		Migrations.isAtHead(target, settings);
		return report;
	}

	static AdkMigrator migrator(TestDatabase target, MigrationSettings settings) {
		return Migrations.migrator(target.dataSource(), settings);
	}

	/**
	 * Copy and fail with a text that helps.
	 */
	static MigrationException failure(TestDatabase source, TestDatabase target, MigrationSettings settings,
			MigrationErrorCode code) {
		return failure(migrator(target, settings), source, settings, code);
	}

	static MigrationException failure(AdkMigrator migrator, TestDatabase source, MigrationSettings settings,
			MigrationErrorCode code) {
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> migrator.copyFrom(source.dataSource(), settings));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
		assertThat(failure.description()).isNotBlank();
		assertThat(failure.action()).isNotBlank();
		return failure;
	}

}
