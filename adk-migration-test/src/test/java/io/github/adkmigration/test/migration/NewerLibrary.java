package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.history.RunRecorder.NewRun;
import io.github.adkmigration.history.StepHistory;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.RunOrigin;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * Applies changes that this version has never heard of, and records them as a newer
 * version of the library does.
 */
final class NewerLibrary {

	static final Changeset COLUMN = change("0003_labels", "0001", "ALTER TABLE sessions ADD COLUMN labels VARCHAR(64)",
			"ALTER TABLE sessions DROP COLUMN labels");

	static final Changeset TABLE = change("0004_artifacts", "0002",
			"CREATE TABLE adk_artifacts (id VARCHAR(64) NOT NULL PRIMARY KEY)", "DROP TABLE adk_artifacts");

	static final Changeset OTHER_COLUMN = change("0003_backport", "0001",
			"ALTER TABLE sessions ADD COLUMN backport VARCHAR(64)", "ALTER TABLE sessions DROP COLUMN backport");

	static final Changeset BREAKING = change("0004_artifacts", "0004",
			"CREATE TABLE adk_artifacts (id VARCHAR(64) NOT NULL PRIMARY KEY)", "DROP TABLE adk_artifacts");

	private static final SessionTables TABLES = SessionTables.defaults();

	private NewerLibrary() {
	}

	static Changeset change(String name, String minCompatible, String sql, String... rollback) {
		return new Changeset("ext_adk_" + name, Changeset.Phase.EXPAND, minCompatible, name, null, "0", sql,
				List.of(rollback));
	}

	/**
	 * Apply changes in a run of a version of the application.
	 */
	static void apply(TestDatabase database, String version, Changeset... changes) throws SQLException {
		RunRecorder recorder = new RunRecorder(database.dialect(), TABLES);
		StepHistory steps = new StepHistory(database.dialect(), TABLES);
		try (Connection connection = database.connection()) {
			long completed = new RunHistory(database.dialect(), TABLES).newestCompleted(connection);
			long run = recorder.start(connection, run(version, "newer/1/a"));
			for (int i = 0; i < changes.length; i++) {
				steps.begin(connection, run, i + 1, changes[i], completed);
				execute(connection, changes[i].sql());
				remember(connection, changes[i]);
				steps.applied(connection, changes[i].id(), Duration.ZERO);
			}
			recorder.finish(connection, run, "migrated", RowCounts.NONE, null, "of a newer version");
		}
	}

	private static NewRun run(String version, String instance) {
		return new NewRun("upgrade", "python-2.10.0", "python-9.9.9", new RunOrigin(version, null, null), instance,
				null, null, "newer lock");
	}

	/**
	 * Begin a change and die, before or after it was applied; MySQL has no transaction
	 * for it and Liquibase's row.
	 */
	static void die(TestDatabase database, Changeset change, boolean applied) throws SQLException {
		try (Connection connection = database.connection()) {
			long run = new RunRecorder(database.dialect(), TABLES).start(connection, run("9", "newer/2/b"));
			new StepHistory(database.dialect(), TABLES).begin(connection, run, 1, change, run - 1);
			if (applied) {
				execute(connection, change.sql());
				if (!database.dialect().mysqlFamily()) {
					remember(connection, change);
				}
			}
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void remember(Connection connection, Changeset change) throws SQLException {
		execute(connection,
				"INSERT INTO adk_migration_changelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
						+ " VALUES ('" + change.id()
						+ "', 'adk-migration', 'adk-migration', CURRENT_TIMESTAMP, 99, 'EXECUTED')");
	}

}
