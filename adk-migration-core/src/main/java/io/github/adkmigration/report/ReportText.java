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
	public static final int WIDTH = 100;

	private static final String RULE = "-".repeat(WIDTH);

	private static final int INDENT = 12;

	private final List<String> lines = new ArrayList<>();

	private ReportText() {
	}

	/**
	 * Describe what a run did.
	 * @param report the report of the run
	 * @return a block of several lines
	 */
	public static String of(MigrationReport report) {
		ReportText text = new ReportText();
		String run = report.runId() == null ? "nothing written" : "run " + report.runId();
		text.title(words(report.outcome()), run + ", " + duration(report.duration()));
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
		text.entry("notes", report.notes());
		return text.end();
	}

	/**
	 * Describe what a look at the database found.
	 * @param status what was found
	 * @return a block of several lines
	 */
	public static String of(SchemaStatus status) {
		ReportText text = new ReportText();
		text.title(words(status.compatibility()), "revision " + status.revision() + ", head " + status.head());
		text.entry("found", status.title());
		text.entry("layout", status.detected());
		text.entry("version", status.schemaVersion());
		text.entry("because", status.evidence());
		text.entry("pending", status.pending());
		RunRecord run = status.lastRun();
		if (run != null) {
			text.entry("last run", run(run));
		}
		return text.end();
	}

	private void title(String state, String detail) {
		this.lines.add(RULE);
		String title = " ADK session tables: " + state;
		int gap = WIDTH - 1 - title.length() - detail.length();
		this.lines.add(gap < 1 ? title : title + " ".repeat(gap) + detail);
		this.lines.add(RULE);
	}

	private void entry(String label, @Nullable String value) {
		if (value != null) {
			entry(label, List.of(value));
		}
	}

	private void entry(String label, List<String> values) {
		String margin = " " + label;
		for (String value : values) {
			for (String line : wrap(value, WIDTH - INDENT - 1)) {
				this.lines.add(margin + " ".repeat(INDENT - margin.length()) + line);
				margin = "";
			}
		}
	}

	private String end() {
		this.lines.add(RULE);
		return String.join("\n", this.lines);
	}

	private static List<String> steps(List<StepReport> steps) {
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

	private static String rows(RowCounts rows) {
		return rows.read() + " read: " + rows.converted() + " converted (" + rows.substituted()
				+ " with a substitute), " + rows.quarantined() + " quarantined, " + rows.orphaned() + " orphaned";
	}

	private static String words(Enum<?> value) {
		return value.name().replace('_', ' ').toLowerCase(Locale.ROOT);
	}

	private static String duration(Duration duration) {
		long millis = duration.toMillis();
		return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%,d s", millis / 1000);
	}

	/**
	 * Break a text between words, or within a word that is too long for a line. A text
	 * that begins with blanks or holds several of them is aligned by its author and keeps
	 * them where it fits.
	 */
	private static List<String> wrap(String text, int width) {
		List<String> wrapped = new ArrayList<>();
		String rest = text.replace('\n', ' ').stripTrailing();
		while (rest.length() > width) {
			int blank = rest.lastIndexOf(' ', width);
			int end = rest.substring(0, Math.max(blank, 0)).isBlank() ? width : blank;
			wrapped.add(rest.substring(0, end).stripTrailing());
			rest = rest.substring(end).strip();
		}
		wrapped.add(rest);
		return wrapped;
	}

}
