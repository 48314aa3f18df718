package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.catalog.IndexWorkReader;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds head's index on a table that others go on writing to. What an interrupted build
 * has left is dropped first, and the end of somebody else's build is waited for.
 * <p>
 * PostgreSQL ends such a build only when every transaction has ended that has an older
 * snapshot of the database, such as that of a dump. The start of an application does not
 * wait for those: its table is small, and writers wait for a moment instead.
 */
final class IndexBuild {

	private static final Logger logger = LoggerFactory.getLogger(IndexBuild.class);

	private static final String POSTGRESQL_LOCK_TIME_OUT = "55P03";

	private static final int MYSQL_LOCK_TIME_OUT = 1205;

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	/** Who kept the build from its end may keep it from being cleaned up too. */
	private static final Duration CLEANING = Duration.ofSeconds(2);

	/** Most transactions have ended by then. */
	private static final Duration MOMENT = Duration.ofSeconds(1);

	/** Writers queue up behind a build that waits for the table. */
	private static final Duration TRY = Duration.ofMillis(500);

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final SchemaStep step;

	private final boolean trusted;

	/**
	 * Create the build.
	 * @param dialect dialect of the database
	 * @param settings names and limits
	 * @param step executes and records the changeset
	 * @param trusted whether the connection keeps its session
	 */
	IndexBuild(DatabaseDialect dialect, MigrationSettings settings, SchemaStep step, boolean trusted) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.step = step;
		this.trusted = trusted;
	}

	void run(Connection connection, Changeset changeset, long begun) throws SQLException {
		long deadline = System.nanoTime() + this.settings.timeout().toNanos();
		try (IndexSession session = IndexSession.begin(connection, this.dialect, this.trusted)) {
			while (!built(connection, session, changeset, begun, deadline)) {
				pause(this.settings.pollInterval());
			}
		}
	}

	/**
	 * Try to build the index.
	 * @return whether it is there; if not, somebody was in the way for the moment
	 */
	private boolean built(Connection connection, IndexSession session, Changeset changeset, long begun, long deadline)
			throws SQLException {
		Optional<Long> builder = IndexWorkReader.builder(connection, this.dialect, this.tables);
		if (builder.isPresent()) {
			if (System.nanoTime() > deadline) {
				throw occupied(builder.get());
			}
			return false;
		}
		boolean endless = DatabaseDialect.standsAlone(changeset.sql()) && snapshotsLast(connection);
		if (endless && !this.trusted) {
			if (System.nanoTime() > deadline) {
				throw busy(null);
			}
			return false;
		}
		boolean blocking = endless && this.settings.defersIndexes();
		session.waitAtMost(blocking ? TRY : this.settings.timeout());
		try {
			dropInvalid(connection, changeset);
			this.step.run(connection, blocking ? blocking(changeset) : changeset, begun);
			return true;
		}
		catch (MigrationException ex) {
			if ((blocking ? lockTimeOut(ex) : passing(connection, ex)) && System.nanoTime() < deadline) {
				return false;
			}
			if (this.dialect == DatabaseDialect.POSTGRESQL) {
				clean(connection, changeset);
			}
			throw lockTimeOut(ex) ? busy(ex) : ex;
		}
	}

	/**
	 * Return whether transactions with a snapshot stay open. The build of somebody else
	 * is none: concurrent builds do not wait for each other.
	 */
	private boolean snapshotsLast(Connection connection) throws SQLException {
		Set<String> open = IndexWorkReader.snapshots(connection);
		if (open.isEmpty()) {
			return false;
		}
		pause(MOMENT);
		open.retainAll(IndexWorkReader.snapshots(connection));
		return !open.isEmpty();
	}

	private static Changeset blocking(Changeset changeset) {
		return new Changeset(changeset.id(), changeset.phase(), changeset.minCompatible(), changeset.description(),
				changeset.precondition(), changeset.expected(), changeset.sql().replaceFirst("CONCURRENTLY ", ""),
				changeset.rollback());
	}

	private void dropInvalid(Connection connection, Changeset changeset) throws SQLException {
		if (this.dialect != DatabaseDialect.POSTGRESQL) {
			return;
		}
		boolean invalid = CatalogReader.read(connection, this.dialect, this.tables)
			.table(this.tables.name(SessionTable.EVENTS))
			.flatMap((events) -> events.index(this.tables.eventsIndexName()))
			.filter((index) -> !index.valid())
			.isPresent();
		if (invalid) {
			try (Statement statement = connection.createStatement()) {
				for (String drop : changeset.rollback()) {
					statement.execute(drop);
				}
			}
			catch (SQLException ex) {
				throw SqlFailures.of(ex, "dropping the invalid index " + this.tables.eventsIndexName());
			}
		}
	}

	/**
	 * Return whether trying again helps: MySQL and MariaDB wait for a moment only, and
	 * somebody may have begun to build the index when we did.
	 */
	private boolean passing(Connection connection, MigrationException failure) {
		if (this.dialect.mysqlFamily() && lockTimeOut(failure)) {
			return true;
		}
		try {
			Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
			return !IndexWorkReader.needed(catalog, this.tables)
					|| IndexWorkReader.builder(connection, this.dialect, this.tables).isPresent();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static boolean lockTimeOut(MigrationException failure) {
		return failure.getCause() instanceof SQLException cause && (cause.getErrorCode() == MYSQL_LOCK_TIME_OUT
				|| POSTGRESQL_LOCK_TIME_OUT.equals(cause.getSQLState()));
	}

	/**
	 * An invalid index costs every write and serves nobody.
	 */
	private void clean(Connection connection, Changeset changeset) {
		try (IndexSession session = IndexSession.begin(connection, this.dialect, this.trusted)) {
			session.waitAtMost(CLEANING);
			dropInvalid(connection, changeset);
		}
		catch (SQLException | MigrationException ex) {
			logger.warn("The index {} may have been left invalid; the next upgrade builds it again.",
					this.tables.eventsIndexName());
			logger.debug("This is where it could not be dropped", ex);
		}
	}

	private MigrationException busy(@Nullable MigrationException ex) {
		return new MigrationException(MigrationErrorCode.FAILED,
				"Other sessions kept transactions open for " + this.settings.timeout().toSeconds()
						+ " s, so that the index " + this.tables.eventsIndexName() + " could not be built.",
				"End long transactions, which "
						+ (this.dialect.mysqlFamily() ? "information_schema.innodb_trx" : "pg_stat_activity")
						+ " lists, or raise adk.migration.timeout, and start again.",
				ex);
	}

	private MigrationException occupied(long builder) {
		return new MigrationException(MigrationErrorCode.FAILED,
				"Session " + builder + " has been building an index on " + this.tables.name(SessionTable.EVENTS)
						+ " for longer than " + this.settings.timeout().toSeconds() + " s.",
				"Wait for its end, or end it with pg_terminate_backend(" + builder + "), and start again.");
	}

	private static void pause(Duration wanted) {
		try {
			Thread.sleep(Math.min(wanted.toMillis(), LONGEST_PAUSE.toMillis()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MigrationException(MigrationErrorCode.FAILED,
					"The process was asked to stop while it waited for the table of events.",
					"Start the migration again; it goes on where it stopped.", ex);
		}
	}

}
