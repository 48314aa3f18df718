package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;

/**
 * Lets Liquibase execute one changeset, and has it recorded with what undoes it.
 */
final class SchemaStep {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	private final LiquibaseRunner liquibase;

	private final StepRecorder recorder;

	SchemaStep(DatabaseDialect dialect, SessionTables tables, Catalog catalog, LiquibaseRunner liquibase,
			StepRecorder recorder) {
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
		this.liquibase = liquibase;
		this.recorder = recorder;
	}

	void run(Connection connection, Changeset changeset, long begun) throws SQLException {
		if (changeset.id().endsWith("_0001_shadow")
				&& this.catalog.table(this.tables.name(BookkeepingTable.SHADOW)).isEmpty()) {
			// A checkpoint without its table is a leftover and would make the copy skip
			// rows.
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate("DELETE FROM " + this.tables.sql(BookkeepingTable.CHECKPOINT, this.dialect));
			}
		}
		Reversal reversal = new Reversal(connection, this.dialect, this.tables, this.catalog.schema());
		this.recorder.begun(connection, reversal.before(changeset));
		try {
			this.liquibase.run(connection, List.of(changeset));
		}
		catch (MigrationException ex) {
			if (!changeset.id().endsWith("_0001_shadow_key")
					|| new CopiedTwice(this.dialect, this.tables).remove(connection) == 0) {
				throw ex;
			}
			this.liquibase.run(connection, List.of(changeset));
		}
		reversal.record(this.recorder, changeset);
		this.recorder.applied(connection, changeset.id(), Duration.ofNanos(System.nanoTime() - begun));
	}

}
