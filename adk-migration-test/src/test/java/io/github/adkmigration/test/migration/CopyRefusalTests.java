package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CopyRefusalTests {

	private static final MigrationSettings SETTINGS = Migrations.settings();

	@DatabaseTest(requires = Capability.SERVER)
	void aServerIsNotCopiedIntoItselfHoweverItIsSpelled(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Contents before = Contents.of(database);
		String other = database.jdbcUrl().contains("localhost") ? database.jdbcUrl().replace("localhost", "127.0.0.1")
				: database.jdbcUrl().replace("127.0.0.1", "localhost");
		assertThat(other).isNotEqualTo(database.jdbcUrl());
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> Copies.migrator(database, SETTINGS)
					.copyFrom(new DriverManagerDataSource(other, database.username(), database.password()), SETTINGS));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("same database");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@Test
	void aFileIsNotCopiedIntoItselfHoweverItIsSpelled() throws SQLException {
		try (TestDatabase database = Copies.sqlite()) {
			V0Rows.create(database);
			String name = String.valueOf(database.file().orElseThrow().getFileName());
			String other = "jdbc:sqlite:" + database.file().orElseThrow().resolveSibling("./" + name);
			MigrationException failure = catchThrowableOfType(MigrationException.class,
					() -> Copies.migrator(database, SETTINGS).copyFrom(new DriverManagerDataSource(other), SETTINGS));
			assertThat(failure.description()).contains("same database");
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.H2, DatabaseDialect.MYSQL })
	void aTargetWithRowsIsLeftAlone(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			HeadRows.create(target);
			Contents before = Contents.of(target);
			MigrationException failure = Copies.failure(source, target, SETTINGS, MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("sessions");
			assertThat(Contents.of(target)).isEqualTo(before);
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.H2, DatabaseDialect.POSTGRESQL })
	void aTargetAtHeadWithoutRowsIsFilled(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "e");
			Migrations.migrate(target);
			Copies.copy(source, target);
			assertThat(MigratedEvents.read(target)).containsOnlyKeys("shop/u/s/e");
		}
	}

	@Test
	void aTargetOfAnOlderLayoutIsLeftAlone() throws SQLException {
		try (TestDatabase source = Copies.sqlite(); TestDatabase target = Copies.sqlite()) {
			V0Rows.create(source);
			Layouts.named(V0Rows.LAYOUT, target.dialect()).create(target);
			Contents before = Contents.of(target);
			MigrationException failure = Copies.failure(source, target, SETTINGS, MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("python-1.14.0");
			assertThat(Contents.of(target)).isEqualTo(before);
		}
	}

	@Test
	void aSourceThatNothingConvertsIsRefusedWithTheTextOfThePlan() throws SQLException {
		try (TestDatabase source = Copies.sqlite(); TestDatabase target = Copies.sqlite()) {
			Layouts.of(source.dialect())
				.stream()
				.filter((layout) -> layout.name().startsWith("python-head"))
				.findFirst()
				.orElseThrow()
				.create(source);
			MigrationException planned = catchThrowableOfType(MigrationException.class,
					() -> Copies.migrator(source, SETTINGS).plan());
			MigrationException failure = Copies.failure(source, target, SETTINGS,
					MigrationErrorCode.UNSUPPORTED_LAYOUT);
			assertThat(failure.description()).isEqualTo(planned.description());
			assertThat(Contents.of(target).tables()).isEmpty();
		}
	}

	@Test
	void aSourceWithoutTablesIsNoSource() throws SQLException {
		try (TestDatabase source = Copies.sqlite(); TestDatabase target = Copies.sqlite()) {
			Copies.failure(source, target, SETTINGS, MigrationErrorCode.UNRECOGNIZED_SCHEMA);
			assertThat(Contents.of(target).tables()).isEmpty();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.MARIADB })
	void aSourceWhoseZoneNobodyKnowsIsRefusedBeforeTheFirstWrite(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "e");
			// Too far from the events to say anything of their zone.
			Sql.execute(source, "UPDATE sessions SET create_time = '2024-01-01 00:00:00', update_time = create_time");
			Copies.failure(source, target, MigrationSettings.defaults(), MigrationErrorCode.TIME_ZONE_REQUIRED);
			assertThat(Contents.of(target).tables()).isEmpty();
		}
	}

	@DatabaseTest(requires = Capability.SERVER)
	void keysThatTheTargetCannotHoldAreNamedBeforeTheFirstWrite(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.session(source, "x".repeat(200));
			MigrationException failure = Copies.failure(source, target, SETTINGS, MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("sessions.id").contains("200").doesNotContain("xxx");
			assertThat(Contents.of(target).tables()).isEmpty();
		}
	}

	@Test
	void anOwnerThatEverySessionMustHaveIsRefused() throws SQLException {
		try (TestDatabase source = Copies.sqlite(); TestDatabase target = Copies.sqlite()) {
			V0Rows.create(source);
			MigrationSettings settings = SETTINGS.withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36) NOT NULL"));
			Copies.failure(source, target, settings, MigrationErrorCode.REFUSED);
			assertThat(Contents.of(target).tables()).isEmpty();
		}
	}

	@DatabaseTest(requires = Capability.SERVER)
	void aStateThatIsNoJsonStopsACopyOnlyWhereNothingElseIsHeld(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			Sql.execute(source, "UPDATE sessions SET state = 'secret words'");
			if (target.dialect().binaryJson()) {
				MigrationException failure = Copies.failure(source, target, SETTINGS, MigrationErrorCode.REFUSED);
				assertThat(failure.description()).contains("sessions").doesNotContain("secret");
			}
			else {
				Copies.copy(source, target);
				assertThat(Sql.text(target, "SELECT state FROM sessions")).isEqualTo("secret words");
			}
		}
	}

}
