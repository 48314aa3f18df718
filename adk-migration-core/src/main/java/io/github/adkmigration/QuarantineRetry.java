package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.EventTable;
import io.github.adkmigration.convert.RowClock;
import io.github.adkmigration.convert.SetAsideRetry.Retried;
import io.github.adkmigration.convert.WriterZone;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.detect.KeptEvents;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.UtcSession;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LegacyClock;

/**
 * Tries the rows in quarantine again, from the table of old events that the conversion
 * has kept, and reads their times as that conversion did.
 */
final class QuarantineRetry implements Verb<RetryReport> {

	private final Target target;

	private final SessionTables tables;

	private final Planning planning;

	QuarantineRetry(Target target, Planning planning) {
		this.target = target;
		this.tables = target.tables();
		this.planning = planning;
	}

	@Override
	public RetryReport run(Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		if (quarantined(connection, dialect, catalog(connection, dialect)) == 0) {
			return nothing(begun);
		}
		kept(connection, dialect);
		RunRecorder recorder = new RunRecorder(dialect, this.tables);
		recorder.createTables(connection);
		String instance = Instance.create();
		try (SqliteSession unused = SqliteSession.begin(connection, dialect);
				HeldLock held = this.target.lock(connection, dialect, instance)) {
			// Whoever held the lock before may have tried them, or gone back.
			if (quarantined(connection, dialect, catalog(connection, dialect)) == 0) {
				return nothing(begun);
			}
			return retry(held, dialect, kept(connection, dialect), recorder, instance, begun);
		}
	}

	private static RetryReport nothing(long begun) {
		return new RetryReport(null, 0, 0, 0, List.of("No event is in quarantine."),
				Duration.ofNanos(System.nanoTime() - begun));
	}

	private Catalog catalog(Connection connection, DatabaseDialect dialect) throws SQLException {
		return CatalogReader.read(connection, dialect, this.tables);
	}

	private long quarantined(Connection connection, DatabaseDialect dialect, Catalog catalog) throws SQLException {
		if (catalog.table(this.tables.name(BookkeepingTable.QUARANTINE)).isEmpty()) {
			return 0;
		}
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM "
						+ this.tables.sql(BookkeepingTable.QUARANTINE, dialect) + " WHERE kind = 'quarantined'")) {
			row.next();
			return row.getLong(1);
		}
	}

	/** Makes sure that the rows can be tried here and now. */
	private Kept kept(Connection connection, DatabaseDialect dialect) throws SQLException {
		Catalog catalog = catalog(connection, dialect);
		Optional<RunRecord> newest = Bookkeeping
			.read(connection, new RunHistory(dialect, this.tables), this.tables, catalog)
			.run();
		if (newest.isPresent() && newest.get().unfinished()) {
			UnfinishedCopy.refuse(connection, dialect, this.tables, newest.get());
		}
		MigrationPlan plan = this.planning.plan(connection);
		if (!plan.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"The tables are those of " + plan.from() + ", and changes are pending.",
					"Upgrade first, which tries every row itself; nothing was changed.");
		}
		String name = this.tables.name(BookkeepingTable.KEPT);
		Optional<Kept> beside = BesideTables.kept(catalog, dialect, this.tables)
			.map((source) -> new Kept(EventTable.beside(dialect, this.tables, source), source.events(catalog),
					source.layout(), Optional.of(source)));
		Optional<Kept> found = beside
			.filter((source) -> catalog.table(name).isEmpty() || source.events().name().equals(name))
			.or(() -> catalog.table(name)
				.map((table) -> new Kept(EventTable.kept(dialect, this.tables), table,
						new Layout(KeptEvents.family(table, dialect), name, Set.of()), Optional.empty())));
		return found.orElseThrow(() -> new MigrationException(MigrationErrorCode.REFUSED,
				"The table " + name + " with the old events does not exist: it was dropped, or the events were"
						+ " copied from another database, which still has them.",
				"Bring it back from a backup under this name and try again; nothing was changed."));
	}

	private RetryReport retry(HeldLock held, DatabaseDialect dialect, Kept kept, RunRecorder recorder, String instance,
			long begun) throws SQLException {
		Connection writing = held.connection();
		RunHistory history = new RunHistory(dialect, this.tables);
		Optional<String> clockText = history.conversionClock(writing);
		LegacyClock legacy = clock(clockText, kept.layout(), dialect);
		Request request = new Request("retry-quarantine", "new try", "trying the quarantine again", HeadSchema.LEVEL,
				HeadSchema.LEVEL, instance, null);
		return new RecordedWork(this.target, held, dialect).carryOut(request, (run) -> {
			Retried retried = retry(writing, dialect, kept, legacy);
			long remaining = retried.tried() - retried.converted();
			RowCounts counts = new RowCounts(retried.tried(), retried.converted(), retried.substituted(),
					remaining - retried.orphaned(), retried.orphaned());
			recorder.finish(writing, run.number(), "retried", counts, clockText.orElse(null),
					new Glance(dialect, this.tables).fingerprint(writing, this.target.shapeSettings(),
							BundledChangelog.HEAD));
			return new RetryReport(String.valueOf(run.number()), retried.tried(), retried.converted(), remaining,
					notes(retried), Duration.ofNanos(System.nanoTime() - begun));
		});
	}

	private Retried retry(Connection writing, DatabaseDialect dialect, Kept kept, LegacyClock legacy)
			throws SQLException {
		if (kept.layout().family().zonedBySession(dialect)) {
			try (UtcSession unused = UtcSession.begin(writing)) {
				if (kept.beside().isPresent()) {
					WriterZone.settle(writing, kept.beside().get());
				}
				return convert(writing, dialect, kept, legacy);
			}
		}
		return convert(writing, dialect, kept, legacy);
	}

	private Retried convert(Connection writing, DatabaseDialect dialect, Kept kept, LegacyClock legacy)
			throws SQLException {
		RowClock clock = RowClock.of(writing, kept.from(), legacy);
		return new Conversion(writing, kept.from(), EventTable.current(dialect, this.tables), this.target.settings(),
				kept.layout(), kept.events(), clock.times(), clock.text())
			.retry()
			.run(writing, writing, false);
	}

	/** The zone of the conversion, or what is configured where its record has none. */
	private LegacyClock clock(Optional<String> recorded, Layout layout, DatabaseDialect dialect) {
		if (layout.family() == LayoutFamily.HYBRID) {
			return recorded.map(RecordedClock::read).orElseGet(LegacyClock::unknown);
		}
		if (!layout.family().naive(dialect)) {
			return LegacyClock.unknown();
		}
		LegacyClock configured = this.target.settings().legacyClock();
		if (recorded.isEmpty() && configured.timeZone() == null) {
			throw new MigrationException(MigrationErrorCode.TIME_ZONE_REQUIRED,
					"The record of the conversion does not say in which zone it read times.",
					"Set adk.migration.legacy.time-zone to the zone of that conversion; nothing was changed.");
		}
		return recorded.map(RecordedClock::read).orElse(configured);
	}

	private List<String> notes(Retried retried) {
		List<String> notes = new ArrayList<>();
		if (retried.orphaned() > 0) {
			notes.add(retried.orphaned() + " events belong to no session any more.");
		}
		if (retried.gone() > 0) {
			notes.add(retried.gone() + " events are no longer in " + this.tables.name(BookkeepingTable.KEPT) + ".");
		}
		if (retried.present() > 0) {
			notes.add(retried.present() + " events were there already, so somebody has brought them in.");
		}
		if (retried.substituted() > 0) {
			notes.add(retried.substituted() + " events hold a value that JSON cannot hold and that was replaced; "
					+ this.tables.name(BookkeepingTable.SUBSTITUTION) + " lists each.");
		}
		if (retried.tried() > retried.converted()) {
			notes.add(this.tables.name(BookkeepingTable.QUARANTINE) + " says of each row that stays why.");
		}
		return notes;
	}

	/**
	 * Where the old events are.
	 *
	 * @param from as they are read
	 * @param events their table
	 * @param layout what they are
	 * @param beside the tables of a writer that calls them otherwise, if it is theirs
	 */
	private record Kept(EventTable from, Catalog.Table events, Layout layout, Optional<BesideTables> beside) {
	}

}
