package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.catalog.IndexWorkReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.StepIntegrity;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.verify.DriftCheck;

/**
 * Compares a database and our record of it with what they should be.
 */
final class Verification {

	private static final String FIRST = BundledChangelog.REVISIONS.get(1);

	private Verification() {
	}

	static VerificationResult of(Connection connection, DatabaseDialect dialect, MigrationSettings settings)
			throws SQLException {
		// What is read without a transaction is held in memory as a whole.
		connection.setAutoCommit(false);
		try {
			return read(connection, dialect, settings);
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private static VerificationResult read(Connection connection, DatabaseDialect dialect, MigrationSettings settings)
			throws SQLException {
		SessionTables tables = settings.tables();
		Catalog catalog = CatalogReader.read(connection, dialect, tables);
		boolean recorded = catalog.table(tables.name(BookkeepingTable.RUN)).isPresent()
				&& catalog.table(tables.name(BookkeepingTable.STEP)).isPresent();
		Optional<RunRecord> newest = recorded ? new RunHistory(dialect, tables).newest(connection) : Optional.empty();
		// Whoever has stopped an upgrade there wants the database as that revision has
		// it.
		IndexWork work = settings.defersIndexes() && IndexWorkReader.needed(catalog, tables)
				? IndexWorkReader.read(connection, dialect, tables, settings.deferIndexesAbove()) : IndexWork.SMALL;
		boolean deferred = work.large() || work.builder() != null;
		boolean first = deferred || newest.filter((run) -> !run.unfinished())
			.filter((run) -> run.to().equals(HeadSchema.level(FIRST)))
			.isPresent();
		VerificationResult drift = new DriftCheck(dialect, settings, first ? FIRST : BundledChangelog.HEAD)
			.run(connection);
		List<Difference> differences = new ArrayList<>(drift.differences());
		List<String> notes = new ArrayList<>(drift.notes());
		if (first) {
			notes.add("Compared with revision " + FIRST
					+ (deferred ? ": the index on events is left to others; " : ", to which the newest run has led; ")
					+ BundledChangelog.HEAD + " is the newest.");
			index(catalog, dialect, tables).ifPresent(notes::add);
		}
		if (recorded) {
			differences.addAll(new StepIntegrity(dialect, tables).check(connection));
		}
		return new VerificationResult(differences, notes);
	}

	/** What is invalid is there and does not count, which two people read in two ways. */
	private static Optional<String> index(Catalog catalog, DatabaseDialect dialect, SessionTables tables) {
		return new HeadCheck(dialect, tables).differences(catalog)
			.stream()
			.filter((difference) -> difference.kind() == HeadDifference.Kind.INVALID_INDEX
					|| difference.kind() == HeadDifference.Kind.MISSING_INDEX)
			.map(HeadDifference::describe)
			.findFirst();
	}

}
