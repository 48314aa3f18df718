package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.stream.Stream;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.HistoricLayout;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class RefusalTests {

	static Stream<Arguments> otherLayouts() {
		return TestDatabases.all()
			.stream()
			.flatMap((provider) -> Layouts.of(provider.dialect())
				.stream()
				.filter((layout) -> layout.name().matches("python-head.*"))
				.map((layout) -> Arguments.of(layout, provider)));
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("otherLayouts")
	void layoutsOfOthersAreRefusedUnchanged(HistoricLayout layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			layout.create(database);
			refusedUnchanged(database);
		}
	}

	@FixtureTest(families = LayoutFamily.JS, name = ".*automigrated.*")
	void realDatabasesOfOthersAreRefusedUnchanged(Fixture fixture, TestDatabase database)
			throws SQLException, IOException {
		refusedUnchanged(database);
		if (database.file().isPresent()) {
			assertThat(Files.readAllBytes(database.file().get())).isEqualTo(fixture.content());
		}
	}

	@FixtureTest(families = { LayoutFamily.PYTHON_V0, LayoutFamily.PYTHON_V1 }, name = ".*automigrated.*")
	void databasesOfAdkPythonThatAdkGoAlteredAreRefusedUnchanged(Fixture fixture, TestDatabase database)
			throws SQLException, IOException {
		refusedUnchanged(database);
		if (database.file().isPresent()) {
			assertThat(Files.readAllBytes(database.file().get())).isEqualTo(fixture.content());
		}
	}

	@DatabaseTest
	void aTableOfSessionsOfAnotherApplicationIsRefusedUnchanged(TestDatabase database) throws SQLException {
		Sql.execute(database, "CREATE TABLE sessions (id VARCHAR(20) NOT NULL PRIMARY KEY, secret VARCHAR(20))",
				"INSERT INTO sessions VALUES ('a', 'b')");
		refusedUnchanged(database);
	}

	private static void refusedUnchanged(TestDatabase database) throws SQLException {
		Contents before = Contents.of(database);
		assertThat(before.tables()).isNotEmpty();
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> Migrations.migrate(database));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isIn(MigrationErrorCode.UNSUPPORTED_LAYOUT, MigrationErrorCode.UNRECOGNIZED_SCHEMA);
		assertThat(failure.description()).hasSizeGreaterThan(40);
		assertThat(failure.action()).hasSizeGreaterThan(40);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

}
