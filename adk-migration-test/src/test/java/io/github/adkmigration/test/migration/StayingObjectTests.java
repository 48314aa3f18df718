package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user has attached to the table of events is named before and after it stays with
 * the kept one.
 */
class StayingObjectTests {

	private static final String KEPT = "adk_migration_events_v0";

	@DatabaseTest(except = DatabaseDialect.H2)
	void nothingIsNamedWhereAUserHasAttachedNothing(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).plan().notes()).isEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void everyKindIsNamedOnPostgresql(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE INDEX my_index ON events (author)",
				"ALTER TABLE events ADD CONSTRAINT my_check CHECK (author <> '')",
				"CREATE FUNCTION my_function() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
				"CREATE TRIGGER my_trigger BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION my_function()",
				"CREATE POLICY my_policy ON events USING (app_name = 'shop')",
				"GRANT SELECT (author) ON events TO PUBLIC", "CREATE VIEW my_view AS SELECT id FROM events");
		refer(database);
		List<String> notes = notesBeforeAndAfter(database);
		assertThat(notes).containsExactly(
				"The index my_index of events stays with the old table, " + KEPT + ": create it again if it is needed.",
				"The rights on the column author of events stay with the old table, " + KEPT
						+ ": grant them again where the new table has it.",
				"The constraint my_check of events stays with the old table, " + KEPT
						+ ": create it again if it is needed.",
				"The row security policy my_policy stays with the old table, " + KEPT
						+ ": create it again on events, whose rows nobody but the owner sees until then if row security is"
						+ " enabled.",
				"The foreign key my_reference of likes goes on to refer to the old table, " + KEPT
						+ ": drop it and create it again.",
				"The trigger my_trigger of events stays with the old table, " + KEPT
						+ ": create it again if it is needed.",
				"The view my_view goes on to read the old table, " + KEPT + ": create it again.");
		assertThat(Sql.text(database, "SELECT confrelid::regclass FROM pg_constraint WHERE conname = 'my_reference'"))
			.isEqualTo(KEPT);
		assertThat(Sql.text(database, "SELECT tablename FROM pg_policies WHERE policyname = 'my_policy'"))
			.isEqualTo(KEPT);
		assertThat(Sql.text(database, "SELECT tablename FROM pg_indexes WHERE indexname = 'my_index'")).isEqualTo(KEPT);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void indexesTriggersAndForeignKeysAreNamedOnMysql(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE INDEX my_index ON events (author)",
				"CREATE TRIGGER my_trigger BEFORE INSERT ON events FOR EACH ROW SET NEW.branch = 'x'");
		refer(database);
		List<String> notes = notesBeforeAndAfter(database);
		assertThat(notes).hasSize(3)
			.anyMatch((note) -> note.startsWith("The index my_index of events stays with"))
			.anyMatch((note) -> note.startsWith("The trigger my_trigger of events stays with"))
			.anyMatch((note) -> note.startsWith("The foreign key my_reference of likes goes on to refer to"));
		assertThat(Sql.text(database,
				"SELECT event_object_table FROM information_schema.triggers WHERE trigger_name = 'my_trigger'"))
			.isEqualTo(KEPT);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void indexesAndTriggersAreNamedOnSqlite(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE INDEX my_index ON events (author)",
				"CREATE TRIGGER my_trigger AFTER DELETE ON events BEGIN SELECT 1; END",
				"CREATE VIEW my_view AS SELECT id FROM events");
		assertThat(notesBeforeAndAfter(database)).hasSize(2)
			.anyMatch((note) -> note.startsWith("The index my_index of events stays with"))
			.anyMatch((note) -> note.startsWith("The trigger my_trigger of events stays with"));
		assertThat(Sql.column(database,
				"SELECT DISTINCT tbl_name FROM sqlite_schema WHERE name IN" + " ('my_index', 'my_trigger')"))
			.containsExactly(KEPT);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whatIsAttachedToATableThatIsRebuiltComesAlongOnSqlite(TestDatabase database) throws SQLException {
		Layouts.named("python-0.1.0", database.dialect()).create(database);
		V0Rows.session(database, "s");
		Sql.execute(database, "CREATE INDEX my_index ON sessions (update_time)");
		Migrations.migrateToHead(database);
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_sessions_v0")).containsExactly("s");
		assertThat(Sql.text(database, "SELECT tbl_name FROM sqlite_schema WHERE name = 'my_index'"))
			.isEqualTo("sessions");
	}

	private static void refer(TestDatabase database) throws SQLException {
		Sql.execute(database,
				"CREATE TABLE likes (id VARCHAR(128) NOT NULL, app_name VARCHAR(128), user_id VARCHAR(128),"
						+ " session_id VARCHAR(128), CONSTRAINT my_reference"
						+ " FOREIGN KEY (id, app_name, user_id, session_id)"
						+ " REFERENCES events (id, app_name, user_id, session_id))");
	}

	private static List<String> notesBeforeAndAfter(TestDatabase database) {
		List<String> before = Migrations.migrator(database.dataSource(), Migrations.settings()).plan().notes();
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.notes()).containsAll(before);
		return before;
	}

}
