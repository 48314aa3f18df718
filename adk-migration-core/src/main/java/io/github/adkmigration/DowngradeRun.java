package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.DowngradeExecutor;
import io.github.adkmigration.execute.PutAside;
import io.github.adkmigration.execute.UndoRecorder;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.ChangeRecords;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunReader;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.verify.SchemaVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One downgrade under the lock: has the changes undone and keeps the record.
 */
final class DowngradeRun {

	private static final Logger logger = LoggerFactory.getLogger(DowngradeRun.class);

	private final Target target;

	private final HeldLock lock;

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final RunRecorder recorder;

	DowngradeRun(Target target, HeldLock lock, DatabaseDialect dialect) {
		this.target = target;
		this.lock = lock;
		this.connection = lock.connection();
		this.dialect = dialect;
		this.tables = target.tables();
		this.recorder = new RunRecorder(dialect, this.tables);
	}

	DowngradeReport execute(List<AppliedChange> changes, String from, String to, String instance, long begun)
			throws SQLException {
		logger.info("Going back from revision {} to {} under the {}", from, to, this.lock.description());
		Request request = new Request("downgrade", "downgrade", "going back", from, to, instance, null);
		return new RecordedWork(this.target, this.lock, this.dialect).carryOut(request, (run) -> {
			List<StepReport> undone = executor(run.number()).undo(this.connection, changes);
			List<KeptTable> kept = new PutAside(this.dialect, this.tables).after(this.connection, changes);
			List<String> notes = new ArrayList<>();
			run.takeover().ifPresent(notes::add);
			kept.forEach((table) -> notes.add(note(table)));
			notes.add("The tables are now those of "
					+ Described.title(new SchemaDetector(this.dialect, this.tables).detect(this.connection)) + ".");
			this.recorder.finish(this.connection, run.number(), "undone", RowCounts.NONE, null, fingerprint(to));
			return new DowngradeReport(Outcome.UNDONE, String.valueOf(run.number()), from, to, undone, kept, notes,
					Duration.ofNanos(System.nanoTime() - begun));
		});
	}

	/**
	 * Undo the rest of the change that a downgrade was at when it died.
	 */
	void settle() throws SQLException {
		List<AppliedChange> undoing = new ChangeRecords(this.dialect, this.tables).standing(this.connection)
			.stream()
			.filter((change) -> change.state().equals(AppliedChange.UNDOING))
			.toList();
		if (!undoing.isEmpty()) {
			long run = new RunReader(this.dialect, this.tables).newest(this.connection, 1).get(0).number();
			executor(run).undo(this.connection, undoing);
		}
	}

	/**
	 * Close the record of a downgrade that died after its last change.
	 */
	void complete(String id, String to) throws SQLException {
		this.recorder.complete(this.connection, id, fingerprint(to));
	}

	private DowngradeExecutor executor(long run) {
		ChangeRecords changes = new ChangeRecords(this.dialect, this.tables);
		return new DowngradeExecutor(this.dialect, this.target.settings(), new UndoRecorder() {

			@Override
			public void undoing(Connection writing, AppliedChange change, int statement) throws SQLException {
				changes.undoing(writing, change, statement, run);
			}

			@Override
			public void undone(Connection writing, AppliedChange change) throws SQLException {
				changes.undone(writing, change, run);
			}

		});
	}

	private String note(KeptTable table) {
		if (!new PutAside(this.dialect, this.tables).events(table.name())) {
			return "The table that had taken the place of a rebuilt one is kept as " + table.name()
					+ "; its rows are in both.";
		}
		return "The converted events are kept as " + table.name() + ", " + table.rows()
				+ " of them written since the conversion; the next upgrade brings these in again.";
	}

	/**
	 * Only where the result is head may the next start believe it at a glance.
	 */
	private @Nullable String fingerprint(String to) throws SQLException {
		if (!to.equals(BundledChangelog.HEAD)) {
			return null;
		}
		VerificationResult result = new SchemaVerifier(this.dialect, this.tables, BundledChangelog.HEAD)
			.verify(this.connection);
		if (!result.successful()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"The changes are undone, but the result differs from revision " + to + ": " + result.differences()
							+ ".",
					"Look at what the undone changes say in the table " + this.tables.name(BookkeepingTable.STEP)
							+ ", and bring the listed objects to what is expected.");
		}
		return new Glance(this.dialect, this.tables).fingerprint(this.connection, this.target.shapeSettings(),
				BundledChangelog.HEAD);
	}

}
