package io.github.adkmigration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Releases what a dead process has left of the lock. To have the lock is the proof that
 * nobody else has it: so it is taken, and whatever rows still speak of a holder are
 * removed.
 */
final class Unlock {

	private static final Duration LEASE = Duration.ofSeconds(10);

	private static final Duration POLL = Duration.ofMillis(100);

	private final Target target;

	Unlock(Target target) {
		this.target = target;
	}

	UnlockReport run(Connection connection) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		Catalog catalog = CatalogReader.read(connection, dialect, this.target.tables());
		boolean leases = catalog.table(this.target.tables().name(BookkeepingTable.LOCK)).isPresent();
		if (catalog.table(this.target.tables().name(BookkeepingTable.RUN)).isEmpty()
				|| (!leases && dialect != DatabaseDialect.SQLITE)) {
			return new UnlockReport(false, null, "There is no lock: nothing was ever migrated here.");
		}
		Optional<String> dead = new RunHistory(dialect, this.target.tables()).newest(connection)
			.filter((newest) -> newest.outcome().equals("running"))
			.map(RunRecord::instance);
		MigrationLock lock = new MigrationLocks(this.target.dataSource(),
				this.target.settings().withLockLimits(LEASE, POLL), this.target.lockProvider().get())
			.of(connection, dialect, Instance.create());
		try (HeldLock held = lock.tryAcquire().orElseThrow(() -> refused(lock, connection, dialect))) {
			Connection writing = held.connection();
			List<String> released = new ArrayList<>();
			String liquibase = catalog.table(this.target.tables().name(BookkeepingTable.CHANGELOG_LOCK)).isEmpty()
					? null : liquibase(writing, dialect);
			if (liquibase != null) {
				released.add("the row of Liquibase's own lock, which " + liquibase + " had left");
			}
			dead.ifPresent((instance) -> released.add("the lock of " + instance + ", which has died"));
			return released.isEmpty() ? new UnlockReport(false, null, "The migration lock is free.")
					: new UnlockReport(true, dead.orElse(liquibase), "Released " + String.join(" and ", released)
							+ ". Start the migration again to complete what was left.");
		}
	}

	private MigrationException refused(MigrationLock lock, Connection connection, DatabaseDialect dialect) {
		MigrationLock.Holder holder = lock.holder();
		String work = new RunInProgress(connection, dialect, this.target.tables()).describe();
		return new MigrationException(MigrationErrorCode.REFUSED,
				"The migration lock is held by " + holder.name() + (work.isEmpty() ? "" : "; " + work)
						+ ". Nobody's work was ended.",
				"Wait for it." + (holder.release().isEmpty() ? "" : " " + holder.release()));
	}

	/**
	 * Free the row of Liquibase's lock.
	 * @return who had it, {@code null} if nobody
	 */
	private @Nullable String liquibase(Connection connection, DatabaseDialect dialect) throws SQLException {
		String table = this.target.tables().sql(BookkeepingTable.CHANGELOG_LOCK, dialect);
		String holder;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT lockedby FROM " + table + " WHERE lockedby IS NOT NULL")) {
			if (!row.next()) {
				return null;
			}
			holder = row.getString(1);
		}
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + table + " SET locked = FALSE, lockgranted = NULL, lockedby = NULL")) {
			update.executeUpdate();
		}
		return holder;
	}

}
