package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.CopyMarker.Mark;
import io.github.adkmigration.convert.EventTable;
import io.github.adkmigration.convert.RowClock;
import io.github.adkmigration.convert.WriterZone;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Copies the sessions of another database: decides on both sides whether that may be,
 * brings the target to head, and has the rows copied under the lock of the target.
 */
final class DatabaseCopy implements Verb<MigrationReport> {

	private final Target target;

	private final Planning planning;

	private final CopySource source;

	DatabaseCopy(Target target, Planning planning, CopySource source) {
		this.target = target;
		this.planning = planning;
		this.source = source;
	}

	@Override
	public MigrationReport run(Connection connection, long begun) {
		return new ConnectionLoan(this.source.dataSource()).use("reading the source",
				(reading) -> copy(reading, connection, begun));
	}

	private MigrationReport copy(Connection reading, Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		DatabaseDialect from = DatabaseDialect.of(reading);
		String identity = identity(reading, from, this.source.tables());
		if (identity.equals(identity(connection, dialect, this.target.tables()))) {
			throw new MigrationException(MigrationErrorCode.REFUSED, "Source and target are the same database.",
					"Name two databases, or upgrade this one in place; nothing was changed.");
		}
		try (SourceSnapshot snapshot = SourceSnapshot.begin(reading, from);
				SqliteSession session = SqliteSession.begin(connection, dialect)) {
			CopySource.Found found = this.source.look(reading, from, dialect != DatabaseDialect.SQLITE);
			if (found.side().beside().isPresent()) {
				WriterZone.settle(reading, found.side().beside().get());
			}
			EventTable events = EventTable.source(from, this.source.tables(), found.side().beside());
			RowClock clock = RowClock.of(reading, events, found.clock(), this.source.settings().legacyClock());
			Conversion conversion = new Conversion(reading, events, EventTable.current(dialect, this.target.tables()),
					this.target.settings(), found.layout(), found.events(), clock.times(), clock.text());
			CopyRows rows = new CopyRows(reading, found, clock, conversion, new Mark(identity, conversion.id()),
					found.clock()
						.map((known) -> RecordedClock.text(known.clock(), this.source.settings().legacyClock()))
						.orElse(null));
			return into(connection, dialect, rows, begun);
		}
	}

	private static String identity(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		return DatabaseIdentity.of(connection, dialect, CatalogReader.read(connection, dialect, tables));
	}

	private MigrationReport into(Connection connection, DatabaseDialect dialect, CopyRows rows, long begun)
			throws SQLException {
		CopyTarget decider = new CopyTarget(dialect, this.target.settings(), this.planning);
		if (decider.decide(connection, rows.mark()).state() == CopyTarget.State.FINISHED) {
			return finished(rows, null, begun);
		}
		RunRecorder recorder = new RunRecorder(dialect, this.target.tables());
		if (dialect != DatabaseDialect.SQLITE) {
			// A lock can be in one of them.
			recorder.createTables(connection);
		}
		String instance = Instance.create();
		try (HeldLock held = this.target.lock(connection, dialect, instance)) {
			// Whoever held the lock before may have copied, or written.
			CopyTarget.Decision decision = decider.decide(connection, rows.mark());
			if (decision.state() == CopyTarget.State.FINISHED) {
				return finished(rows, held.description(), begun);
			}
			RunHistory history = new RunHistory(dialect, this.target.tables());
			if (!decision.plan().isEmpty()) {
				head(connection, held, dialect, decision.plan(), history, recorder, instance, begun);
			}
			return new CopyRun(this.target, held, dialect, rows)
				.execute(decision.state() == CopyTarget.State.UNFINISHED, instance, begun);
		}
	}

	/** Creates or completes the tables of the target, as a run of its own. */
	private void head(Connection connection, HeldLock held, DatabaseDialect dialect, MigrationPlan plan,
			RunHistory history, RunRecorder recorder, String instance, long begun) throws SQLException {
		Optional<ClockEvidence> clock = new Preflight(dialect, this.target.settings())
			.check(connection, plan, FirstBackup.wanted(connection, dialect, this.target.settings(), plan, history))
			.clock();
		Optional<Backup> backup = FirstBackup.of(connection, dialect, this.target.settings(), plan, history);
		recorder.createTables(connection);
		new MigrationRun(this.target, held, dialect).execute(plan, instance, clock, backup, begun);
	}

	private static MigrationReport finished(CopyRows rows, @Nullable String lock, long begun) {
		return new MigrationReport(Outcome.UP_TO_DATE, null, rows.from(), HeadSchema.LEVEL,
				rows.found().detected().evidence(), RowCounts.NONE, null, lock, List.of(),
				List.of("This source was copied into these tables before; nothing was written."), List.of(), null,
				Duration.ofNanos(System.nanoTime() - begun));
	}

}
