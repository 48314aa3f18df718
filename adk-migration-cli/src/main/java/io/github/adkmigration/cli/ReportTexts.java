package io.github.adkmigration.cli;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.StepRecord;
import io.github.adkmigration.report.TextBlock;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.report.VerificationResult;

/**
 * Reports for people, where the core has no text of its own.
 */
final class ReportTexts {

	private static final String NOTES = "notes";

	private ReportTexts() {
	}

	static String of(MigrationPlan plan) {
		TextBlock text = TextBlock.titled(plan.isEmpty() ? "nothing to do" : "plan", "revision " + plan.to());
		text.entry("from", plan.from());
		text.entry("steps", plan.steps().stream().map((step) -> step.description()).toList());
		text.entry("deferred", ReportText.deferred(plan.deferred()));
		text.entry(NOTES, plan.notes());
		return text.end();
	}

	static String of(DowngradePlan plan) {
		TextBlock text = TextBlock.titled(plan.isEmpty() ? "nothing to undo" : "plan of a downgrade",
				"revision " + plan.from() + " to " + plan.to());
		for (DowngradePlan.Undo undo : plan.steps()) {
			text.entry("undo", undo.changeset() + " of revision " + undo.revision());
			undo.statements().forEach((sql) -> text.entry("", "  " + sql.strip().replace('\n', ' ')));
		}
		text.entry("kept", kept(plan.kept()));
		return text.end();
	}

	static String of(DowngradeReport report) {
		TextBlock text = TextBlock.titled(ReportText.words(report.outcome()),
				(report.runId() == null ? "nothing written" : "run " + report.runId()) + ", "
						+ ReportText.duration(report.duration()));
		text.entry("from", report.from());
		text.entry("to", report.to());
		text.entry("undone", ReportText.steps(report.undone()));
		text.entry("kept", kept(report.kept()));
		text.entry(NOTES, report.notes());
		return text.end();
	}

	static String of(List<RunDetails> history) {
		TextBlock text = TextBlock.titled("history", history.size() + (history.size() == 1 ? " run" : " runs"));
		for (RunDetails details : history) {
			text.entry("run " + details.number(), run(details.run()));
			text.entry("", details.steps().stream().map(ReportTexts::step).toList());
		}
		return text.end();
	}

	static String of(VerificationResult result) {
		int count = result.differences().size();
		TextBlock text = TextBlock.titled(result.successful() ? "verified" : "different",
				count + (count == 1 ? " difference" : " differences"));
		text.entry("differs", result.differences().stream().map(Object::toString).toList());
		text.entry(NOTES, result.notes());
		if (result.successful()) {
			text.entry("result", "The database equals the model.");
		}
		return text.end();
	}

	static String of(RetryReport report) {
		return TextBlock
			.titled("quarantine tried again",
					(report.runId() == null ? "nothing written" : "run " + report.runId()) + ", "
							+ ReportText.duration(report.duration()))
			.entry("rows",
					report.tried() + " tried, " + report.converted() + " converted, " + report.remaining()
							+ " remain in quarantine")
			.entry(NOTES, report.notes())
			.end();
	}

	static String of(UnlockReport report) {
		return TextBlock.titled(report.released() ? "lock released" : "nothing to release", "")
			.entry("result", report.text())
			.entry("holder", report.holder())
			.end();
	}

	private static List<String> kept(List<KeptTable> kept) {
		return kept.stream().map((table) -> table.name() + ", " + table.rows() + " rows written since").toList();
	}

	private static List<String> run(RunRecord run) {
		List<String> lines = new ArrayList<>();
		lines.add(run.kind() + " from " + run.from() + " to " + run.to() + ": " + run.outcome());
		lines.add("started " + run.started() + (run.finished() == null ? "" : ", finished " + run.finished()));
		lines.add("by " + run.instance() + ", library " + run.libraryVersion()
				+ (run.applicationVersion() == null ? "" : ", application " + run.applicationVersion()));
		if (run.actor() != null || run.reason() != null) {
			lines.add("started by " + (run.actor() == null ? "somebody" : run.actor())
					+ (run.reason() == null ? "" : ": " + run.reason()));
		}
		if (run.tookOverFrom() != null) {
			lines.add("took over from " + run.tookOverFrom() + ", whose run had died");
		}
		if (run.rows().read() > 0) {
			lines.add(ReportText.rows(run.rows()));
		}
		if (run.message() != null) {
			lines.add(run.message());
		}
		return lines;
	}

	private static String step(StepRecord step) {
		return "  " + step.changeset() + ", revision " + step.revision() + ", " + step.state()
				+ (step.undoneBy() == null ? "" : " by run " + step.undoneBy()) + ", "
				+ ReportText.duration(step.duration());
	}

}
