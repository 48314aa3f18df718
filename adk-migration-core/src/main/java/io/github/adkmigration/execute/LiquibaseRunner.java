package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.precondition.core.SqlPrecondition;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Liquibase execute changesets that somebody else has chosen. Each may run again,
 * its precondition decides by the catalog; nothing is concluded from Liquibase's own
 * history.
 */
final class LiquibaseRunner {

	// Liquibase resets its lock services for the whole JVM after each run.
	private static final ReentrantLock SERIAL = new ReentrantLock();

	private static final Logger logger = LoggerFactory.getLogger(LiquibaseRunner.class);

	/** Never executed, only made, which loads what others need. */
	private static final Changeset NOTHING = new Changeset("ext_adk_0000_nothing", Changeset.Phase.EXPAND, "0000", "",
			"SELECT 0", "0", "SELECT 0", List.of());

	private static final int SQLITE_BUSY = 5;

	/** The extended codes of SQLite hold it in their last byte. */
	private static final int PRIMARY_CODE = 0xff;

	private static final long SQLITE_PATIENCE_NANOS = 30_000_000_000L;

	private static final long SQLITE_PAUSE_MILLIS = 100;

	private static final String AUTHOR = "adk-migration";

	private static final String LOGICAL_PATH = "adk-migration";

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	LiquibaseRunner(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Load on a thread of its own what the first run would load, which takes longer than
	 * its statements, while others look at the database.
	 */
	static void loadAhead() {
		Thread thread = new Thread(LiquibaseRunner::load, "adk-migration-load");
		thread.setDaemon(true);
		thread.start();
	}

	private static void load() {
		SERIAL.lock();
		try {
			Scope.child(quietly(), () -> {
				DatabaseFactory.getInstance();
				LockServiceFactory.getInstance();
				changeSet(NOTHING, new DatabaseChangeLog(LOGICAL_PATH));
				new CommandScope("update");
			});
		}
		catch (Exception | LinkageError ex) {
			// Whoever runs a changeset meets it again, and can say what it was for.
			logger.debug("Liquibase could not be loaded ahead", ex);
		}
		finally {
			SERIAL.unlock();
		}
	}

	private static Map<String, Object> quietly() {
		return Map.of(Scope.Attr.ui.name(), new LoggerUIService(), Scope.Attr.logService.name(), new QuietLogService(),
				"liquibase.analytics.enabled", "false", "liquibase.showBanner", "false");
	}

	/**
	 * Execute changesets in order, each in a transaction of its own where the database
	 * has such for DDL. The connection is in auto-commit mode afterwards.
	 */
	void run(Connection connection, List<Changeset> changesets) throws SQLException {
		long deadline = System.nanoTime() + SQLITE_PATIENCE_NANOS;
		while (true) {
			try {
				runOnce(connection, changesets);
				return;
			}
			catch (MigrationException ex) {
				// Liquibase reads before it writes, and SQLite lets none wait that has
				// read already. Each changeset may run again.
				if (!sqliteBusy(ex) || System.nanoTime() > deadline || !paused()) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Let others work for a moment.
	 * @return whether to go on
	 */
	private static boolean paused() {
		try {
			Thread.sleep(SQLITE_PAUSE_MILLIS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private boolean sqliteBusy(MigrationException ex) {
		return this.dialect == DatabaseDialect.SQLITE && ex.getCause() instanceof SQLException cause
				&& (cause.getErrorCode() & PRIMARY_CODE) == SQLITE_BUSY;
	}

	private void runOnce(Connection connection, List<Changeset> changesets) throws SQLException {
		SERIAL.lock();
		try {
			Scope.child(quietly(), () -> update(connection, changesets));
		}
		catch (Exception ex) {
			throw failure(changesets, ex);
		}
		finally {
			SERIAL.unlock();
			if (!connection.isClosed()) {
				if (!connection.getAutoCommit()) {
					connection.rollback();
				}
				connection.setAutoCommit(true);
			}
		}
	}

	private void update(Connection connection, List<Changeset> changesets) throws LiquibaseException {
		Database database = DatabaseFactory.getInstance()
			.findCorrectDatabaseImplementation(new JdbcConnection(connection));
		database.setDatabaseChangeLogTableName(this.tables.name(BookkeepingTable.CHANGELOG));
		database.setDatabaseChangeLogLockTableName(this.tables.name(BookkeepingTable.CHANGELOG_LOCK));
		String schema = this.tables.schema();
		if (schema != null) {
			if (this.dialect.mysqlFamily()) {
				database.setLiquibaseCatalogName(schema);
			}
			else {
				database.setLiquibaseSchemaName(schema);
			}
		}
		// We hold the lock around the run, so a row left in Liquibase's own table is a
		// dead one.
		LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
		// The path is part of the key of Liquibase's up-to-date cache, which knows no
		// table names.
		DatabaseChangeLog changeLog = new DatabaseChangeLog("adk-migration/" + UUID.randomUUID());
		for (Changeset changeset : changesets) {
			changeLog.addChangeSet(changeSet(changeset, changeLog));
		}
		Liquibase liquibase = new Liquibase(changeLog,
				new ClassLoaderResourceAccessor(LiquibaseRunner.class.getClassLoader()), database);
		// 4.x prints it to the console, whatever the user interface of the scope is.
		liquibase.setShowSummary(UpdateSummaryEnum.OFF);
		liquibase.update(new Contexts(), new LabelExpression());
	}

	private static ChangeSet changeSet(Changeset changeset, DatabaseChangeLog changeLog) {
		ChangeSet changeSet = new ChangeSet(changeset.id(), AUTHOR, true, false, LOGICAL_PATH, null, null,
				!DatabaseDialect.standsAlone(changeset.sql()), changeLog);
		changeSet.setComments(changeset.description());
		changeSet.addValidCheckSum("any");
		if (changeset.precondition() != null) {
			SqlPrecondition check = new SqlPrecondition();
			check.setSql(changeset.precondition());
			check.setExpectedResult(changeset.expected());
			PreconditionContainer preconditions = new PreconditionContainer();
			preconditions.setOnFail(PreconditionContainer.FailOption.MARK_RAN);
			preconditions.addNestedPrecondition(check);
			changeSet.setPreconditions(preconditions);
		}
		changeSet.addChange(raw(changeset.sql()));
		for (String rollback : changeset.rollback()) {
			changeSet.getRollback().getChanges().add(raw(rollback));
		}
		return changeSet;
	}

	private static RawSQLChange raw(String sql) {
		RawSQLChange change = new RawSQLChange(sql);
		change.setSplitStatements(false);
		change.setStripComments(false);
		return change;
	}

	private static MigrationException failure(List<Changeset> changesets, Exception ex) {
		String ids = changesets.stream().map(Changeset::id).reduce((left, right) -> left + ", " + right).orElse("none");
		SQLException cause = null;
		for (Throwable link = ex; link != null; link = link.getCause()) {
			if (link instanceof SQLException sqlException) {
				cause = sqlException;
			}
		}
		if (cause != null) {
			return SqlFailures.of(cause, "executing " + ids);
		}
		return new MigrationException(MigrationErrorCode.FAILED, "Liquibase could not execute " + ids + ".",
				"Read the cause, repair it and start again; the run goes on where it stopped.", ex);
	}

}
