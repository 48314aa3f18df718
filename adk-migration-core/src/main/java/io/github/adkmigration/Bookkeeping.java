package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunHistory.AppliedRevision;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * What our own tables say of a database.
 *
 * @param lastRun the newest run, or {@code null} if there was none
 * @param applied the newest revision that stands, if there is one
 */
record Bookkeeping(@Nullable RunRecord lastRun, Optional<AppliedRevision> applied) {

	static Bookkeeping read(Connection connection, RunHistory history, SessionTables tables, Catalog catalog)
			throws SQLException {
		if (catalog.table(tables.name(BookkeepingTable.RUN)).isEmpty()
				|| catalog.table(tables.name(BookkeepingTable.STEP)).isEmpty()) {
			return new Bookkeeping(null, Optional.empty());
		}
		Optional<String> names = history.newestNames(connection);
		if (names.isPresent() && !names.get().equals(RunHistory.namesChecksum(tables))) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The tables " + tables.prefix()
							+ "adk_migration_* keep the record of session tables with other names.",
					"Set adk.migration.table-prefix to a value of its own for each set of tables.");
		}
		return new Bookkeeping(history.newest(connection).orElse(null), history.newestRevision(connection));
	}

	/**
	 * Read the newest run where there may be no record yet.
	 */
	static Optional<RunRecord> newestRun(Connection connection, RunHistory history) {
		try {
			return history.newest(connection);
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Return whether something stands in the record, be it a refusal.
	 */
	static boolean exists(Connection connection, RunHistory history) {
		try {
			return !history.isEmpty(connection);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	Optional<RunRecord> run() {
		return Optional.ofNullable(this.lastRun);
	}

	/**
	 * Return whether somebody was at work between two looks at the record.
	 */
	static boolean busy(Optional<RunRecord> before, Optional<RunRecord> after) {
		return after.isPresent() && (after.get().outcome().equals("running") || !after.equals(before));
	}

	/**
	 * Return whether the newest run did not do all of its work.
	 */
	boolean unfinished() {
		return this.lastRun != null && this.lastRun.unfinished();
	}

	/**
	 * Return whether the newest run wanted to go back and did not do all of it.
	 */
	boolean goingBack() {
		return this.lastRun != null && this.lastRun.unfinished() && this.lastRun.kind().equals("downgrade");
	}

	/**
	 * Return whether the newest run copied another database and did not copy all of it.
	 */
	boolean copying() {
		return this.lastRun != null && this.lastRun.unfinished() && this.lastRun.kind().equals("copy");
	}

	boolean ahead(String head) {
		return this.applied.isPresent() && revision().compareTo(head) > 0;
	}

	boolean compatibleWith(String head) {
		return this.applied.map((newest) -> newest.minCompatible().compareTo(head) <= 0).orElse(true);
	}

	/**
	 * Refuse to work with a database that is ahead of us unless it allows that.
	 * @throws MigrationException with {@code AHEAD_INCOMPATIBLE}
	 */
	void requireCompatible(String head) {
		if (!compatibleWith(head)) {
			throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
					aheadOf() + " It is not compatible with this one.",
					"Run the newer version of the application, or go back with downgrade to a revision that this one knows.");
		}
	}

	String revision() {
		return this.applied.map(AppliedRevision::revision).orElse(BundledChangelog.BASE);
	}

	String aheadOf() {
		return "The database is at revision " + revision() + ", which a newer library has applied; this one knows "
				+ BundledChangelog.HEAD + ".";
	}

}
