package io.github.adkmigration.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.History;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.report.VerificationResult;
import org.jspecify.annotations.Nullable;

/**
 * Reports as the fields that programs read. Names and meanings are a contract; fields may
 * be added.
 */
final class ReportFields {

	private static final String NOTES = "notes";

	private static final String DEFERRED = "deferred";

	private static final String DURATION = "durationMillis";

	private ReportFields() {
	}

	static Map<String, @Nullable Object> of(SchemaStatus status) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("compatibility", status.compatibility().name());
		fields.put("detected", status.detected());
		fields.put("title", status.title());
		fields.put("schemaVersion", status.schemaVersion());
		fields.put("revision", status.revision());
		fields.put("head", status.head());
		fields.put("lag", status.lag());
		fields.put("pending", status.pending());
		fields.put(DEFERRED, deferred(status.deferred()));
		fields.put("evidence", status.evidence());
		RunRecord run = status.lastRun();
		fields.put("lastRun", run == null ? null : run(run));
		return fields;
	}

	static Map<String, @Nullable Object> of(SchemaStatus status, @Nullable EventTimes times) {
		Map<String, @Nullable Object> fields = of(status);
		fields.put("eventTimes", times == null ? null : ordered("looked", times.looked(), "complete", times.complete(),
				"notUtc", times.notUtc(), "unreadable", times.unreadable(), "unreadableKeys", times.unreadableKeys()));
		return fields;
	}

	static Map<String, @Nullable Object> of(MigrationReport report) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("outcome", report.outcome().name());
		fields.put("runId", report.runId());
		fields.put("from", report.from());
		fields.put("to", report.to());
		fields.put("evidence", report.evidence());
		fields.put("rows", rows(report.rows()));
		fields.put("clock", report.clock());
		fields.put("lock", report.lock());
		fields.put("steps", steps(report.steps()));
		fields.put(DEFERRED, deferred(report.deferred()));
		fields.put(NOTES, report.notes());
		fields.put("backup", backup(report.backup()));
		fields.put(DURATION, report.duration().toMillis());
		return fields;
	}

	static Map<String, @Nullable Object> of(DowngradeReport report) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("outcome", report.outcome().name());
		fields.put("runId", report.runId());
		fields.put("from", report.from());
		fields.put("to", report.to());
		fields.put("undone", steps(report.undone()));
		fields.put("kept", kept(report.kept()));
		fields.put(NOTES, report.notes());
		fields.put(DURATION, report.duration().toMillis());
		return fields;
	}

	static Map<String, @Nullable Object> of(DowngradePlan plan) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("dryRun", true);
		fields.put("from", plan.from());
		fields.put("to", plan.to());
		fields.put("steps", plan.steps().stream().map(ReportFields::undo).toList());
		fields.put("kept", kept(plan.kept()));
		return fields;
	}

	static Map<String, @Nullable Object> of(MigrationScript script) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("dialect", script.dialect().id());
		fields.put("from", script.from());
		fields.put("to", script.to());
		fields.put("statements", script.statements().stream().map(ReportFields::statement).toList());
		fields.put(NOTES, script.notes());
		return fields;
	}

	static Map<String, @Nullable Object> of(History history) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("runs", history.runs().stream().map(ReportFields::details).toList());
		fields.put("refused", history.refused().stream().map(ReportFields::refused).toList());
		return fields;
	}

	static Map<String, @Nullable Object> of(VerificationResult result) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("successful", result.successful());
		fields.put("differences",
				result.differences()
					.stream()
					.map((difference) -> ordered("subject", difference.subject(), "expected", difference.expected(),
							"found", difference.found()))
					.toList());
		fields.put(NOTES, result.notes());
		return fields;
	}

	static Map<String, @Nullable Object> of(RetryReport report) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("runId", report.runId());
		fields.put("tried", report.tried());
		fields.put("converted", report.converted());
		fields.put("remaining", report.remaining());
		fields.put(NOTES, report.notes());
		fields.put(DURATION, report.duration().toMillis());
		return fields;
	}

	static Map<String, @Nullable Object> of(UnlockReport report) {
		return ordered("released", report.released(), "holder", report.holder(), "text", report.text());
	}

	private static Map<String, @Nullable Object> details(RunDetails details) {
		Map<String, @Nullable Object> fields = ordered("number", details.number());
		fields.putAll(run(details.run()));
		fields.put("steps",
				details.steps()
					.stream()
					.map((step) -> ordered("changeset", step.changeset(), "revision", step.revision(), "phase",
							step.phase(), "minCompatible", step.minCompatible(), "state", step.state(), DURATION,
							step.duration().toMillis(), "undoneBy", step.undoneBy()))
					.toList());
		return fields;
	}

	private static Map<String, @Nullable Object> run(RunRecord run) {
		return ordered("id", run.id(), "started", run.started().toString(), "finished", time(run.finished()), "kind",
				run.kind(), "outcome", run.outcome(), "from", run.from(), "to", run.to(), "applicationVersion",
				run.applicationVersion(), "libraryVersion", run.libraryVersion(), "instance", run.instance(),
				"tookOverFrom", run.tookOverFrom(), "actor", run.actor(), "reason", run.reason(), "lock", run.lock(),
				"rows", rows(run.rows()), "code", run.code(), "message", run.message());
	}

	private static Map<String, @Nullable Object> refused(RefusedRun refused) {
		return ordered("first", time(refused.first()), "last", time(refused.last()), "kind", refused.kind(), "code",
				refused.code(), "message", refused.message(), "applicationVersion", refused.applicationVersion(),
				"libraryVersion", refused.libraryVersion(), "instance", refused.instance(), "actor", refused.actor(),
				"reason", refused.reason());
	}

	private static @Nullable String time(@Nullable Instant instant) {
		return instant == null ? null : instant.toString();
	}

	static List<Map<String, @Nullable Object>> deferred(List<DeferredChange> changes) {
		return changes.stream()
			.map((change) -> ordered("id", change.id(), "phase", change.phase(), "description", change.description(),
					"reason", change.reason().name(), "explanation", change.explanation(), "statements",
					change.statements()))
			.toList();
	}

	private static Map<String, @Nullable Object> undo(DowngradePlan.Undo undo) {
		return ordered("changeset", undo.changeset(), "revision", undo.revision(), "description", undo.description(),
				"statements", undo.statements());
	}

	private static Map<String, @Nullable Object> statement(MigrationScript.Statement statement) {
		return ordered("step", statement.step(), "description", statement.description(), "kind",
				statement.kind().name(), "sql", statement.sql());
	}

	private static List<Map<String, @Nullable Object>> steps(List<StepReport> steps) {
		return steps.stream()
			.map((step) -> ordered("id", step.id(), "description", step.description(), DURATION,
					step.duration().toMillis()))
			.toList();
	}

	private static List<Map<String, @Nullable Object>> kept(List<KeptTable> kept) {
		return kept.stream().map((table) -> ordered("name", table.name(), "rows", table.rows())).toList();
	}

	private static Map<String, @Nullable Object> rows(RowCounts rows) {
		return ordered("read", rows.read(), "converted", rows.converted(), "substituted", rows.substituted(),
				"quarantined", rows.quarantined(), "orphaned", rows.orphaned());
	}

	private static @Nullable Map<String, @Nullable Object> backup(@Nullable Backup backup) {
		return backup == null ? null : ordered("file", backup.file(), "bytes", backup.bytes());
	}

	static Map<String, @Nullable Object> ordered(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return fields;
	}

}
