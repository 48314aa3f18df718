package io.github.adkmigration.cli;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.History;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.StepRecord;
import io.github.adkmigration.report.TextBlock;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.report.VerificationResult;
import org.jspecify.annotations.Nullable;

/**
 * Reports for people, where the core has no text of its own.
 */
final class ReportTexts {

	private static final String NOTES = "notes";

	private ReportTexts() {
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

	static String of(History history) {
		int runs = history.runs().size();
		TextBlock text = TextBlock.titled("history", runs + (runs == 1 ? " run" : " runs"));
		for (RunDetails details : history.runs()) {
			text.entry("run " + details.number(), run(details.run()));
			text.entry("", details.steps().stream().map(ReportTexts::step).toList());
		}
		history.refused().forEach((refused) -> text.entry("refused", refused(refused)));
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
		lines.add(by(run.instance(), run.libraryVersion(), run.applicationVersion()));
		lines.addAll(origin(run.actor(), run.reason()));
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

	private static List<String> refused(RefusedRun refused) {
		List<String> lines = new ArrayList<>();
		lines.add(refused.kind() + ": " + refused.code());
		lines.add("first " + refused.first() + ", last " + refused.last());
		lines.add(by(refused.instance(), refused.libraryVersion(), refused.applicationVersion()));
		lines.addAll(origin(refused.actor(), refused.reason()));
		lines.add(refused.message());
		return lines;
	}

	private static String by(String instance, String libraryVersion, @Nullable String applicationVersion) {
		return "by " + instance + ", library " + libraryVersion
				+ (applicationVersion == null ? "" : ", application " + applicationVersion);
	}

	private static List<String> origin(@Nullable String actor, @Nullable String reason) {
		return actor == null && reason == null ? List.of()
				: List.of("started by " + (actor == null ? "somebody" : actor) + (reason == null ? "" : ": " + reason));
	}

	private static String step(StepRecord step) {
		return "  " + step.changeset() + ", revision " + step.revision() + ", " + step.state()
				+ (step.undoneBy() == null ? "" : " by run " + step.undoneBy()) + ", "
				+ ReportText.duration(step.duration());
	}

}
