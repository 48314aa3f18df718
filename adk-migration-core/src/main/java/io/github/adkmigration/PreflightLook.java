package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.AttachedObjectReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.convert.ConversionSample;
import io.github.adkmigration.convert.SampleTimes;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.lock.LockForecast;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.Checked;
import io.github.adkmigration.preflight.StayingObjects;
import io.github.adkmigration.report.ConversionEstimate;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.report.TableMeasure;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.PreflightDepth;
import io.github.adkmigration.settings.UpgradeTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a database as a run would, and reports what it found instead of migrating.
 */
final class PreflightLook {

	private static final Logger logger = LoggerFactory.getLogger(PreflightLook.class);

	private final Target target;

	private final MigrationSettings settings;

	private final UpgradeTarget goal;

	PreflightLook(Target target, UpgradeTarget goal) {
		this.target = target;
		this.settings = target.settings();
		this.goal = goal;
	}

	PreflightReport report(Connection connection, PreflightDepth depth) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		if (depth == PreflightDepth.QUICK && this.goal instanceof UpgradeTarget.Head
				&& new Glance(dialect, this.settings.tables()).unchanged(connection, this.target.shapeSettings())
					.isPresent()) {
			return nothing(HeadSchema.LEVEL, BundledChangelog.HEAD, List.of());
		}
		DetectedSchema detected = new SchemaDetector(dialect, this.settings.tables()).detect(connection);
		RunHistory history = new RunHistory(dialect, this.settings.tables());
		Bookkeeping bookkeeping = Bookkeeping.read(connection, history, this.settings.tables(), detected.catalog());
		if (bookkeeping.ahead(BundledChangelog.HEAD)) {
			bookkeeping.requireCompatible(BundledChangelog.HEAD);
			return nothing(Described.level(detected), BundledChangelog.HEAD, List.of(bookkeeping.aheadOf()));
		}
		MigrationPlan plan = new Planning(this.settings).plan(connection, dialect, detected, this.goal);
		Preflight preflight = new Preflight(dialect, this.settings);
		if (plan.isEmpty()) {
			List<PreflightFinding> findings = depth == PreflightDepth.QUICK ? new ArrayList<>()
					: new ArrayList<>(preflight.rows(connection, plan));
			unfinishedCopy(connection, dialect, bookkeeping, plan).ifPresent(findings::add);
			return new PreflightReport(plan.from(), plan.to(), false, List.of(), plan.deferred(), plan.notes(),
					List.of(), null, SpaceNeed.NONE, null, null, findings);
		}
		if (depth == PreflightDepth.QUICK) {
			Checked checked = preflight.glance(connection, plan);
			return report(this.settings, plan, checked, staying(connection, dialect, plan), null, null);
		}
		Checked checked = preflight.inspect(connection, plan,
				FirstBackup.wanted(connection, dialect, this.settings, plan, history));
		List<PreflightFinding> findings = new ArrayList<>(preflight.rows(connection, plan));
		findings.addAll(staying(connection, dialect, plan));
		String lock = lock(connection, dialect, findings);
		return report(this.settings, plan, checked, findings, lock,
				estimate(connection, dialect, this.settings, plan, checked.tables()));
	}

	private static PreflightReport nothing(String from, String to, List<String> notes) {
		return new PreflightReport(from, to, false, List.of(), List.of(), notes, List.of(), null, SpaceNeed.NONE, null,
				null, List.of());
	}

	private Optional<PreflightFinding> unfinishedCopy(Connection connection, DatabaseDialect dialect,
			Bookkeeping bookkeeping, MigrationPlan plan) throws SQLException {
		return bookkeeping.copying() && !plan.to().equals(BundledChangelog.BASE)
				? UnfinishedCopy.obstacle(connection, dialect, this.settings.tables())
					.map((failure) -> finding(PreflightCode.UNFINISHED_COPY, failure))
				: Optional.empty();
	}

	private List<PreflightFinding> staying(Connection connection, DatabaseDialect dialect, MigrationPlan plan)
			throws SQLException {
		return staying(connection, dialect, this.settings.tables(), plan);
	}

	/**
	 * Find what stays with the kept table.
	 */
	static List<PreflightFinding> staying(Connection connection, DatabaseDialect dialect, SessionTables tables,
			MigrationPlan plan) throws SQLException {
		return plan.convertsEvents()
				? StayingObjects
					.findings(AttachedObjectReader.read(connection, dialect, tables, plan.detected().catalog()), tables)
				: List.of();
	}

	private @Nullable String lock(Connection connection, DatabaseDialect dialect, List<PreflightFinding> findings)
			throws SQLException {
		try {
			LockForecast lock = new MigrationLocks(this.target.dataSource(), this.settings,
					this.target.lockProvider().get())
				.forecast(connection, dialect);
			if (!lock.trusted()) {
				findings.add(new PreflightFinding(PreflightCode.SESSION_NOT_TRUSTED,
						"A run would take the " + lock.description()
								+ ", and one that dies would keep others out until its lease ends.",
						"Let adk.migration.url lead straight to the server, if there is a way."));
			}
			return lock.description();
		}
		catch (MigrationException ex) {
			findings.add(finding(PreflightCode.LOCK_UNAVAILABLE, ex));
			return null;
		}
	}

	private static PreflightFinding finding(PreflightCode code, MigrationException failure) {
		return new PreflightFinding(code, failure.description(), failure.action());
	}

	/**
	 * Put together what is known.
	 * @param checked what a run is checked for
	 * @param more what it is not refused for
	 */
	static PreflightReport report(MigrationSettings settings, MigrationPlan plan, Checked checked,
			List<PreflightFinding> more, @Nullable String lock, @Nullable ConversionEstimate estimate) {
		List<PreflightFinding> findings = new ArrayList<>(checked.findings());
		findings.addAll(more);
		return new PreflightReport(plan.from(), plan.to(), plan.convertsEvents(),
				plan.steps().stream().map(Look::change).toList(), plan.deferred(), plan.notes(), checked.tables(),
				estimate, checked.space(),
				checked.clock().map((known) -> RecordedClock.proof(known.clock(), settings.legacyClock())).orElse(null),
				lock, findings);
	}

	/**
	 * Estimate how long a plan takes. No number is worth a run: where a sample cannot be
	 * taken there is none.
	 */
	static @Nullable ConversionEstimate estimate(Connection connection, DatabaseDialect dialect,
			MigrationSettings settings, MigrationPlan plan, List<TableMeasure> tables) {
		Optional<TableMeasure> events = tables.stream()
			.filter((measure) -> measure.table() == SessionTable.EVENTS && measure.rows() > 0)
			.findFirst();
		if (!plan.convertsEvents() || events.isEmpty() || !(plan.detected() instanceof DetectedSchema.Known known)) {
			return null;
		}
		try {
			Catalog.Table source = plan.beside()
				.map((other) -> other.events(known.catalog()))
				.or(() -> known.catalog().table(settings.tables().name(SessionTable.EVENTS)))
				.orElseThrow();
			Optional<SampleTimes> times = new ConversionSample(connection, dialect, settings.tables()).take(settings,
					known.layout(), source, plan.beside());
			return times.map((sample) -> sample.estimate(events.get().rows(), dialect, settings.maxRowsPerSecond()))
				.orElse(null);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("There is no estimate: {}", ex.getClass().getSimpleName());
			return null;
		}
	}

}
