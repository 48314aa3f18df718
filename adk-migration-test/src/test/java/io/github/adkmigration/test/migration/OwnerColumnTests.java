package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OwnerColumnTests {

	private static final String REFERENCE = " REFERENCES users(id) ON DELETE CASCADE";

	@DatabaseTest
	void anOwnerColumnIsCreatedWithItsReference(TestDatabase database) throws SQLException {
		users(database);
		MigrationSettings settings = owned("account_id VARCHAR(64) NOT NULL" + REFERENCE);
		Migrations.migrateToHead(database, settings);
		deletingTheOwnerDeletesItsSessions(database);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anOwnerColumnIsAddedToV0(TestDatabase database) throws SQLException {
		users(database);
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Migrations.migrateToHead(database, owned("account_id VARCHAR(64)" + REFERENCE));
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/e");
		deletingTheOwnerDeletesItsSessions(database);
	}

	@DatabaseTest
	void anOwnerColumnIsAddedToHead(TestDatabase database) throws SQLException {
		users(database);
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		MigrationSettings settings = owned("account_id VARCHAR(64)" + REFERENCE);
		assertThat(Migrations.migrateToHead(database, settings).outcome()).isEqualTo(Outcome.MIGRATED);
		deletingTheOwnerDeletesItsSessions(database);
	}

	@DatabaseTest
	void anOwnerColumnThatMustNotBeNullIsRefusedWhereSessionsExist(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		V0Rows.session(database, "s");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, owned("account_id VARCHAR(64) NOT NULL"),
				MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("account_id").contains("NOT NULL");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest
	void aReferenceToATableThatDoesNotExistIsRefusedUnchanged(TestDatabase database) throws SQLException {
		MigrationException failure = Migrations.failure(database, owned("account_id VARCHAR(64)" + REFERENCE),
				MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("users");
		assertThat(failure.action()).contains("adk.migration.owner-id-column");
		assertThat(Contents.of(database).tables()).isEmpty();
		users(database);
		Migrations.migrateToHead(database, owned("account_id VARCHAR(64)" + REFERENCE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "account_id", "account_id UUID; DROP TABLE users", "account_id UUID) --",
			"account_id UUID DEFAULT (SELECT 1)", "account_id UUID REFERENCES users(id) ON DELETE CASCADE; SELECT 1",
			"\"account_id\" UUID", "account_id UUID REFERENCES users(id); --", "state VARCHAR(64)",
			"account_id UUID CHECK (1 = 1)", "account_id UUID REFERENCES \"users\"(id)", "a b c d", "", "id UUID",
			"account_id VARCHAR(64) /* */", "account_id UUID NOT NULL PRIMARY KEY" })
	void aDefinitionThatIsMoreThanAColumnIsRefused(String definition) {
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> OwnerColumn.parse(definition));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
		assertThat(failure.action()).contains("adk.migration.owner-id-column");
	}

	private static MigrationSettings owned(String definition) {
		return Migrations.settings().withOwnerColumn(OwnerColumn.parse(definition));
	}

	private static void users(TestDatabase database) throws SQLException {
		Sql.execute(database, "CREATE TABLE users (id VARCHAR(64) NOT NULL PRIMARY KEY)",
				"INSERT INTO users VALUES ('owner')");
	}

	private static void deletingTheOwnerDeletesItsSessions(TestDatabase database) throws SQLException {
		Sql.execute(database,
				"INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time, account_id) VALUES"
						+ " ('shop', 'u', 'owned', '{}', '2025-07-01 10:00:00', '2025-07-01 11:00:00', 'owner')");
		String foreignKeys = database.dialect() == DatabaseDialect.SQLITE ? "PRAGMA foreign_keys = ON" : "SELECT 1";
		Sql.execute(database, foreignKeys, "DELETE FROM users");
		assertThat(Sql.number(database, "SELECT count(*) FROM sessions WHERE id = 'owned'")).isZero();
	}

}
