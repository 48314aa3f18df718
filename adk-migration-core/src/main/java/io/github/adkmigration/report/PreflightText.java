package io.github.adkmigration.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A report before a run as plain text for a console or a log, in the form of
 * {@link ReportText}.
 *
 * @since 0.1.0
 */
public final class PreflightText {

	private static final String[] UNITS = { "bytes", "kB", "MB", "GB", "TB" };

	private static final int UNIT = 1000;

	private static final int MINUTE = 60;

	private PreflightText() {
	}

	/**
	 * Describe everything, the verdict at the end.
	 * @param report the report
	 * @return a block of several lines
	 */
	public static String of(PreflightReport report) {
		TextBlock text = TextBlock.titled(report.isEmpty() ? "nothing to do" : "plan", "revision " + report.to());
		text.entry("from", report.from());
		text.entry("steps", report.steps().stream().map(PendingChange::description).toList());
		text.entry("deferred", ReportText.deferred(report.deferred()));
		figures(text, report);
		for (PreflightCode.Severity severity : PreflightCode.Severity.values()) {
			findings(text, report, severity);
		}
		if (report.isEmpty()) {
			text.entry("notes", report.notes());
		}
		return text.entry("verdict", verdict(report)).end();
	}

	/**
	 * Describe what a log needs before the work begins: no step, and of the findings no
	 * more than blocks or warns.
	 * @param report the report
	 * @return a block of a few lines
	 */
	public static String brief(PreflightReport report) {
		TextBlock text = TextBlock.titled("before a migration", report.from() + " to revision " + report.to());
		figures(text, report);
		findings(text, report, PreflightCode.Severity.BLOCKS);
		findings(text, report, PreflightCode.Severity.WARNS);
		return text.end();
	}

	/**
	 * Return the verdict as a sentence.
	 * @param report the report
	 * @return a text that begins with {@code GO} or {@code NO-GO}
	 */
	public static String verdict(PreflightReport report) {
		if (report.go()) {
			return report.isEmpty() ? "GO: nothing is pending." : "GO";
		}
		List<String> codes = report.findings()
			.stream()
			.filter(PreflightFinding::blocks)
			.map((finding) -> finding.code().name())
			.distinct()
			.toList();
		return "NO-GO: " + String.join(", ", codes) + ". A run would be refused, and change nothing.";
	}

	private static void figures(TextBlock text, PreflightReport report) {
		text.entry("tables", tables(report.tables()));
		text.entry("time", time(report.estimate()));
		text.entry("space", space(report.space()));
		ClockProof clock = report.clock();
		if (clock != null) {
			text.entry("clock", clock.zone());
			text.entry("", clock.samples().stream().map((sample) -> "  " + sample).toList());
		}
		text.entry("lock", report.lock());
	}

	private static List<String> tables(List<TableMeasure> tables) {
		int names = tables.stream().mapToInt((table) -> table.name().length()).max().orElse(0);
		List<String> rows = tables.stream().map(PreflightText::rows).toList();
		int digits = rows.stream().mapToInt(String::length).max().orElse(0);
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < tables.size(); i++) {
			TableMeasure table = tables.get(i);
			lines.add(table.name() + " ".repeat(names - table.name().length() + 2)
					+ " ".repeat(digits - rows.get(i).length()) + rows.get(i) + (table.rows() == 1 ? " row" : " rows")
					+ (table.bytes() < 0 ? ""
							: ", " + (table.bytesExact() ? "" : "about ") + bytes(table.bytes()) + " with indexes"));
		}
		return lines;
	}

	private static String rows(TableMeasure table) {
		return table.rows() < 0 ? "unknown"
				: (table.rowsCounted() ? "" : "about ") + String.format(Locale.ROOT, "%,d", table.rows());
	}

	private static @Nullable String time(@Nullable ConversionEstimate estimate) {
		return estimate == null ? null
				: String.format(Locale.ROOT, "about %s, %,d rows per second, by a sample of %,d rows%s",
						duration(estimate.duration()), estimate.rowsPerSecond(), estimate.sampledRows(),
						estimate.written() ? "" : " that could not be written");
	}

	/**
	 * Return a duration that is only known roughly.
	 */
	private static String duration(Duration duration) {
		long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
		return seconds < 2 * MINUTE ? seconds + " s" : seconds < 2 * MINUTE * MINUTE
				? Math.round(seconds / 60.0) + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
	}

	private static @Nullable String space(SpaceNeed space) {
		if (space.needed() == 0) {
			return null;
		}
		return (space.copy() < 0 ? "a second table of events"
				: "about " + bytes(space.copy()) + " for the converted events")
				+ (space.backup() == 0 ? "" : ", " + bytes(space.backup()) + " for the backup") + "; free: "
				+ (space.free() < 0 ? "unknown" : bytes(space.free()));
	}

	private static void findings(TextBlock text, PreflightReport report, PreflightCode.Severity severity) {
		report.findings()
			.stream()
			.filter((finding) -> finding.code().severity() == severity)
			.forEach((finding) -> text.entry(label(severity),
					List.of(finding.code() + ": " + finding.fact(), "  " + finding.nextStep())));
	}

	private static String label(PreflightCode.Severity severity) {
		return switch (severity) {
			case BLOCKS -> "blocks";
			case WARNS -> "warns";
			case INFORMS -> "to know";
		};
	}

	/**
	 * Return a number of bytes for people.
	 * @param bytes the number
	 * @return with a unit of a thousand, a million and so on
	 */
	public static String bytes(long bytes) {
		double value = bytes;
		int unit = 0;
		while (value >= UNIT && unit < UNITS.length - 1) {
			value /= UNIT;
			unit++;
		}
		return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
	}

}
