package io.github.adkmigration;

import java.time.Duration;
import java.util.Locale;

import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.settings.RunOrigin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one call of a verb from its beginning to its end, tells the listener, and
 * writes one line to the log by which the call can be found again. For use by one thread.
 */
final class RunWatch {

	/** One line per run, also for those that write nothing. */
	private static final Logger logger = LoggerFactory.getLogger("io.github.adkmigration.audit");

	private static final String UP_TO_DATE = "up-to-date";

	private final String kind;

	private final RunOrigin origin;

	private final GuardedListener listener;

	private final long begun = System.nanoTime();

	private Duration waited = Duration.ZERO;

	private @Nullable RunStart start;

	RunWatch(String kind, RunOrigin origin, MigrationListener listener) {
		this.kind = kind;
		this.origin = origin;
		this.listener = GuardedListener.of(listener);
	}

	/**
	 * Return the value of {@link System#nanoTime()} at the beginning.
	 */
	long begun() {
		return this.begun;
	}

	GuardedListener listener() {
		return this.listener;
	}

	void locked(String description, Duration waited) {
		this.waited = waited;
		this.listener.locked(description, waited);
	}

	String kind() {
		return this.kind;
	}

	/**
	 * Return whether a run has begun, which has a record of its own.
	 */
	boolean running() {
		return this.start != null;
	}

	void started(RunStart start) {
		this.start = start;
		this.listener.started(start);
	}

	RunEnd end(MigrationReport report) {
		return end(outcome(report.outcome()), report.runId(), report.from(), report.to(), report.rows());
	}

	RunEnd end(DowngradeReport report) {
		return end(outcome(report.outcome()), report.runId(), report.from(), report.to(), RowCounts.NONE);
	}

	RunEnd end(RetryReport report) {
		RowCounts rows = new RowCounts(report.tried(), report.converted(), 0, report.remaining(), 0);
		RunStart known = this.start;
		return end(report.runId() == null ? UP_TO_DATE : "retried", report.runId(), known == null ? null : known.from(),
				known == null ? null : known.to(), rows);
	}

	private RunEnd end(String outcome, @Nullable String number, @Nullable String from, @Nullable String to,
			RowCounts rows) {
		return new RunEnd(this.kind, outcome, number == null ? null : Long.valueOf(number), from, to, rows, elapsed(),
				this.waited, null, null);
	}

	RunEnd end(MigrationException ex) {
		RunStart known = this.start;
		return known == null
				? new RunEnd(this.kind, "refused", null, null, null, RowCounts.NONE, elapsed(), this.waited, ex.code(),
						ex.description())
				: new RunEnd(this.kind, "failed", known.number(), known.from(), known.to(), RowCounts.NONE, elapsed(),
						this.waited, ex.code(), ex.description());
	}

	private static String outcome(Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.begun);
	}

	void ended(RunEnd end) {
		this.listener.ended(end);
		if (end.successful() && end.outcome().equals(UP_TO_DATE)) {
			// The start with nothing pending does no work for nobody.
			if (logger.isDebugEnabled()) {
				logger.debug("{}", line(end));
			}
		}
		else if (end.successful()) {
			logger.info("{}", line(end));
		}
		else {
			logger.warn("{}", line(end));
		}
	}

	private String line(RunEnd end) {
		AuditLine line = new AuditLine().add("kind", end.kind()).add("outcome", end.outcome());
		line.add("run", end.number()).add("from", end.from()).add("to", end.to());
		line.add("rows.read", end.rows().read()).add("rows.converted", end.rows().converted());
		line.add("rows.quarantined", end.rows().quarantined());
		line.add("duration.ms", end.duration().toMillis()).add("lock.wait.ms", end.lockWait().toMillis());
		line.add("application.version", this.origin.applicationVersion()).add("actor", this.origin.actor());
		line.add("reason", this.origin.reason()).add("code", end.code()).add("message", end.message());
		return line.toString();
	}

}
