package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Releases before 0.4.0 set no limit to the length of keys.
 */
class LongKeyTests {

	private static final String LAYOUT = "python-0.1.0";

	private static final String LONG_KEY = "secret".repeat(40);

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void keysThatHeadCannotHoldAreNamedBeforeTheFirstWrite(TestDatabase database) throws SQLException {
		Layouts.named(LAYOUT, database.dialect()).create(database);
		V0Rows.session(database, "s");
		V0Rows.session(database, LONG_KEY);
		V0Rows.session(database, "x".repeat(129));
		Sql.execute(database,
				"INSERT INTO app_states (app_name, state, update_time) VALUES ('" + LONG_KEY + "', '{}', now())");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED);
		assertThat(failure.description())
			.contains("sessions.id has 2 rows of up to 240 characters where 128 are allowed")
			.contains("app_states.app_name has 1 rows of up to 240 characters where 128 are allowed")
			.doesNotContain("secret", "user_states");
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "DELETE FROM sessions WHERE id <> 's'", "DELETE FROM app_states");
		assertThat(Migrations.migrateToHead(database).outcome()).isEqualTo(Outcome.MIGRATED);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void keysOfAnyLengthAreKeptWhereNothingLimitsThem(TestDatabase database) throws SQLException {
		Layouts.named(LAYOUT, database.dialect()).create(database);
		V0Rows.session(database, LONG_KEY);
		V0Rows.event(database, LONG_KEY, LONG_KEY, V0Rows.EMPTY_ACTIONS, "{}");
		Migrations.migrateToHead(database);
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/" + LONG_KEY + "/" + LONG_KEY);
	}

}
