package io.github.adkmigration.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reports as plain text for a console or a log: aligned, at most {@value #WIDTH} columns,
 * no colours and no trailing line break.
 *
 * @since 0.1.0
 */
public final class ReportText {

	/** Columns of the widest line. */
	public static final int WIDTH = TextBlock.WIDTH;

	private ReportText() {
	}

	/**
	 * Describe what a run did.
	 * @param report the report of the run
	 * @return a block of several lines
	 */
	public static String of(MigrationReport report) {
		String run = report.runId() == null ? "nothing written" : "run " + report.runId();
		TextBlock text = TextBlock.titled(words(report.outcome()), run + ", " + duration(report.duration()));
		text.entry("from", report.from());
		text.entry("to", report.to());
		text.entry("because", report.evidence());
		if (report.rows().read() > 0) {
			text.entry("rows", rows(report.rows()));
		}
		text.entry("clock", report.clock());
		text.entry("lock", report.lock());
		text.entry("backup", report.backup() == null ? null : report.backup().toString());
		text.entry("steps", steps(report.steps()));
		text.entry("deferred", deferred(report.deferred()));
		text.entry("notes", report.notes());
		return text.end();
	}

	/**
	 * Describe what a look at the database found.
	 * @param status what was found
	 * @return a block of several lines
	 */
	public static String of(SchemaStatus status) {
		return of(status, null);
	}

	/**
	 * Describe what a look at the database and at its events found.
	 * @param status what was found
	 * @param times how the times of events fit their JSON, or {@code null} if nobody has
	 * looked
	 * @return a block of several lines
	 */
	public static String of(SchemaStatus status, @Nullable EventTimes times) {
		TextBlock text = TextBlock.titled(words(status.compatibility()),
				"revision " + status.revision() + ", head " + status.head());
		text.entry("found", status.title());
		text.entry("layout", status.detected());
		text.entry("version", status.schemaVersion());
		text.entry("because", status.evidence());
		text.entry("pending", status.pending());
		text.entry("deferred", deferred(status.deferred()));
		text.entry("times", times == null ? null : times.text());
		RunRecord run = status.lastRun();
		if (run != null) {
			text.entry("last run", run(run));
		}
		return text.end();
	}

	/**
	 * Describe what is left to operators.
	 * @param deferred the changes
	 * @return a line each
	 */
	public static List<String> deferred(List<DeferredChange> deferred) {
		return deferred.stream().map(DeferredChange::text).toList();
	}

	/**
	 * Describe steps with their durations.
	 * @param steps the steps
	 * @return a line each, aligned
	 */
	public static List<String> steps(List<StepReport> steps) {
		List<String> durations = steps.stream().map((step) -> duration(step.duration())).toList();
		int width = durations.stream().mapToInt(String::length).max().orElse(0);
		List<String> texts = new ArrayList<>(steps.size());
		for (int i = 0; i < steps.size(); i++) {
			String duration = durations.get(i);
			texts.add(" ".repeat(width - duration.length()) + duration + "  " + steps.get(i).description());
		}
		return texts;
	}

	private static List<String> run(RunRecord run) {
		List<String> texts = new ArrayList<>();
		texts.add(run.id() + ": " + run.kind() + " from " + run.from() + " to " + run.to() + ", " + run.outcome());
		texts.add("started " + run.started() + (run.finished() == null ? "" : ", finished " + run.finished()));
		if (run.tookOverFrom() != null) {
			texts.add("took over from " + run.tookOverFrom() + ", whose run had died");
		}
		if (run.rows().read() > 0) {
			texts.add(rows(run.rows()));
		}
		if (run.message() != null) {
			texts.add(run.message());
		}
		return texts;
	}

	/**
	 * Describe what became of rows.
	 * @param rows the counts
	 * @return a phrase
	 */
	public static String rows(RowCounts rows) {
		return rows.read() + " read: " + rows.converted() + " converted (" + rows.substituted()
				+ " with a substitute), " + rows.quarantined() + " quarantined, " + rows.orphaned() + " orphaned";
	}

	/**
	 * Return a constant as words.
	 * @param value the constant
	 * @return lower case, with blanks
	 */
	public static String words(Enum<?> value) {
		return value.name().replace('_', ' ').toLowerCase(Locale.ROOT);
	}

	/**
	 * Return a duration for people.
	 * @param duration the duration
	 * @return milliseconds, or seconds from ten on
	 */
	public static String duration(Duration duration) {
		long millis = duration.toMillis();
		return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%,d s", millis / 1000);
	}

}
