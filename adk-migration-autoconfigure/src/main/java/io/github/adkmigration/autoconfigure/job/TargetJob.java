package io.github.adkmigration.autoconfigure.job;

import java.util.List;
import java.util.Locale;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.History;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.PreflightText;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.report.VerificationResult;

/**
 * Does what a job is asked for to one target, and puts it into words.
 */
final class TargetJob {

	private final AdkMigrator migrator;

	TargetJob(AdkMigrator migrator) {
		this.migrator = migrator;
	}

	JobResult run(JobVerb verb, JobArguments arguments) {
		return switch (verb) {
			case UPGRADE -> arguments.dryRun() ? plan(arguments) : done(upgrading(arguments).migrate());
			case DOWNGRADE -> arguments.dryRun() ? planned(this.migrator.planDowngrade(arguments.downgradeTarget()))
					: undone(this.migrator.downgrade(arguments.downgradeTarget()));
			case CHECK -> check(arguments);
			case STATUS -> status();
			case PLAN -> plan(arguments);
			case VERIFY -> verify();
			case HISTORY -> history();
			case STAMP -> done(this.migrator.stamp(arguments.stampRevision()));
			case UNLOCK -> {
				String text = this.migrator.unlock().text();
				yield JobResult.success(text, text);
			}
		};
	}

	private static JobResult done(MigrationReport report) {
		return JobResult.success(words(report.outcome()) + ", from " + report.from() + " to " + report.to() + "."
				+ deferred(report.deferred()), ReportText.of(report));
	}

	private static JobResult undone(DowngradeReport report) {
		String summary = words(report.outcome()) + ", from " + report.from() + " to " + report.to() + "."
				+ kept(report.kept());
		return JobResult.success(summary,
				summary + list(report.undone().stream().map(StepReport::description).toList()) + notes(report.notes()));
	}

	private static JobResult planned(DowngradePlan plan) {
		String summary = count(plan.steps().size(), "change") + " to undo, from " + plan.from() + " to " + plan.to()
				+ "." + kept(plan.kept());
		return JobResult.success(summary,
				summary + list(plan.steps().stream().map(DowngradePlan.Undo::description).toList()));
	}

	private static String kept(List<KeptTable> tables) {
		return list(tables.stream()
			.map((table) -> "kept: " + table.name() + " with " + count(table.rows(), "row"))
			.toList());
	}

	private JobResult history() {
		History history = this.migrator.history();
		String summary = count(history.runs().size(), "run") + ".";
		return JobResult.success(summary, summary + list(history.runs().stream().map(TargetJob::describe).toList())
				+ list(history.refused().stream().map(TargetJob::describe).toList()));
	}

	private static String describe(RefusedRun refused) {
		String by = (refused.actor() != null) ? " to " + refused.actor() : "";
		return "refused" + by + ": " + refused.kind() + ", " + refused.code() + ", last " + refused.last() + ": "
				+ refused.message();
	}

	private static String describe(RunDetails details) {
		RunRecord run = details.run();
		String version = (run.applicationVersion() != null) ? ", application " + run.applicationVersion() : "";
		return details.number() + ": " + run.kind() + " from " + run.from() + " to " + run.to() + ", " + run.outcome()
				+ ", started " + run.started() + version + ", " + count(details.steps().size(), "change");
	}

	/** A job is not the start of an application, unless it runs in front of one. */
	private AdkMigrator upgrading(JobArguments arguments) {
		return arguments.deferIndexes() ? this.migrator : this.migrator.includingDeferred();
	}

	private JobResult check(JobArguments arguments) {
		SchemaStatus status = this.migrator.status();
		return switch (status.compatibility()) {
			case EQUAL, AHEAD_COMPATIBLE ->
				JobResult.success("nothing is pending at revision " + status.revision() + ".", ReportText.of(status));
			case DEFERRED -> JobResult.success("nothing is pending but what is deferred." + deferred(status.deferred()),
					ReportText.of(status));
			case BEHIND -> {
				String summary = count(status.lag(), "change") + " pending: found " + status.title() + ", head is "
						+ status.head() + "." + list(status.pending());
				yield new JobResult(MigrationErrorCode.PENDING_CHANGES.exitCode(), summary, ReportText.of(status));
			}
			case AHEAD_INCOMPATIBLE -> throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
					"The session tables are at revision " + status.revision() + ", which this version, made for "
							+ status.head() + ", cannot work with.",
					"Start the version of the application that changed them, or a newer one.");
			// Planning fails with the reason.
			case UNRECOGNIZED -> plan(arguments);
		};
	}

	private JobResult status() {
		SchemaStatus status = this.migrator.status();
		return JobResult.success(
				words(status.compatibility()) + ", found " + status.title() + ", head is " + status.head() + ".",
				ReportText.of(status));
	}

	private JobResult plan(JobArguments arguments) {
		PreflightReport report = upgrading(arguments).preflight();
		String summary = count(report.steps().size(), "change") + " from " + report.from() + " to " + report.to() + ". "
				+ PreflightText.verdict(report);
		return new JobResult(report.obstacle().map((obstacle) -> obstacle.failure().code().exitCode()).orElse(0),
				summary + list(report.findings()
					.stream()
					.filter(PreflightFinding::blocks)
					.map(PreflightFinding::fact)
					.toList()),
				PreflightText.of(report));
	}

	private JobResult verify() {
		VerificationResult result = this.migrator.verify();
		String notes = notes(result.notes());
		if (result.successful()) {
			String summary = "the tables are what they should be.";
			return JobResult.success(summary, summary + notes);
		}
		String summary = count(result.differences().size(), "difference") + ":"
				+ list(result.differences().stream().map(Difference::toString).toList());
		return new JobResult(MigrationErrorCode.VERIFICATION_FAILED.exitCode(), summary, summary + notes);
	}

	private static String deferred(List<DeferredChange> changes) {
		return list(ReportText.deferred(changes));
	}

	private static String notes(List<String> notes) {
		return list(notes.stream().map((note) -> "note: " + note).toList());
	}

	private static String words(Enum<?> value) {
		return value.name().replace('_', ' ').toLowerCase(Locale.ROOT);
	}

	private static String count(long number, String noun) {
		return (number == 1) ? "1 " + noun : number + " " + noun + "s";
	}

	private static String list(List<String> lines) {
		StringBuilder list = new StringBuilder();
		lines.forEach((line) -> list.append("\n    - ").append(line));
		return list.toString();
	}

}
