package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.stream.Stream;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
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
