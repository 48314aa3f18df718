package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The four ways in which a database and an application fit together, and what each means
 * for the start.
 */
class CompatibilityStartTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	@AfterEach
	void drop() {
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void onItsOwnSchemaTheApplicationStarts(boolean migrates) {
		create();
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=" + migrates).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.EQUAL);
		});
	}

	@Test
	void behindItTheApplicationDoesNotStartAndNamesTheNextStep() {
		Fixtures.named("python-1.27.5.sqlite").load(this.database);
		StartedApplication.on(this.database).run((context) -> {
			MigrationException failure = AdkMigrationAutoConfigurationTests.failure(context);
			assertThat(failure.code()).isEqualTo(MigrationErrorCode.PENDING_CHANGES);
			assertThat(failure.description()).startsWith("The session tables are behind: found ");
			assertThat(failure.action()).contains("adk.auto-migrate=true");
		});
	}

	@Test
	void behindItTheApplicationStartsWhereItMayMigrate() {
		Fixtures.named("python-1.27.5.sqlite").load(this.database);
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=true").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.EQUAL);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void onANewerSchemaThatSaysItIsCompatibleTheApplicationStartsAndChangesNothing(boolean migrates) {
		create();
		appliedByANewerLibrary("0002");
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=" + migrates).run((context) -> {
			assertThat(context).hasNotFailed();
			SchemaStatus status = context.getBean(AdkMigrator.class).status();
			assertThat(status.compatibility()).isEqualTo(Compatibility.AHEAD_COMPATIBLE);
			assertThat(status.revision()).isEqualTo("0003");
			assertThat(status.lastRun()).isNotNull().extracting((run) -> run.applicationVersion()).isEqualTo("9.9.9");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void onANewerSchemaThatSaysItIsNotCompatibleTheApplicationDoesNotStart(boolean migrates) {
		create();
		appliedByANewerLibrary("0003");
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=" + migrates).run((context) -> {
			MigrationException failure = AdkMigrationAutoConfigurationTests.failure(context);
			assertThat(failure.code()).isEqualTo(MigrationErrorCode.AHEAD_INCOMPATIBLE);
			assertThat(failure.description()).contains("0003", "0002");
			assertThat(failure.action()).isNotBlank();
		});
	}

	private void create() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/** A newer library stores the fingerprint of a head that this one does not know. */
	private void appliedByANewerLibrary(String minCompatible) {
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
		jdbc.update("UPDATE adk_migration_run SET fingerprint = 'that of 0003', application_version = '9.9.9'");
		jdbc.update("UPDATE adk_migration_step SET changeset = 'adk_0003_newer', revision = '0003', min_compatible = ?"
				+ " WHERE revision = '0002'", minCompatible);
	}

}
