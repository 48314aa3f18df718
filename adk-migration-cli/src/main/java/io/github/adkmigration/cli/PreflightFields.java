package io.github.adkmigration.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.adkmigration.report.ClockProof;
import io.github.adkmigration.report.ConversionEstimate;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.report.TableMeasure;
import org.jspecify.annotations.Nullable;

/**
 * A report before a run as the fields that programs read. What nobody knows is
 * {@code null}, never a number.
 */
final class PreflightFields {

	private PreflightFields() {
	}

	static Map<String, @Nullable Object> of(PreflightReport report) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("go", report.go());
		fields.put("from", report.from());
		fields.put("to", report.to());
		fields.put("convertsEvents", report.convertsEvents());
		fields.put("steps",
				report.steps()
					.stream()
					.map((step) -> ReportFields.ordered("id", step.id(), "description", step.description()))
					.toList());
		fields.put("deferred", ReportFields.deferred(report.deferred()));
		fields.put("findings", report.findings().stream().map(PreflightFields::finding).toList());
		fields.put("tables", report.tables().stream().map(PreflightFields::table).toList());
		fields.put("estimate", estimate(report.estimate()));
		fields.put("space", space(report.space()));
		fields.put("clock", clock(report.clock()));
		fields.put("lock", report.lock());
		fields.put("notes", report.notes());
		return fields;
	}

	private static Map<String, @Nullable Object> finding(PreflightFinding finding) {
		return ReportFields.ordered("code", finding.code().name(), "severity",
				finding.code().severity().name().toLowerCase(Locale.ROOT), "fact", finding.fact(), "nextStep",
				finding.nextStep());
	}

	private static Map<String, @Nullable Object> table(TableMeasure table) {
		return ReportFields.ordered("name", table.name(), "rows", known(table.rows()), "rowsCounted",
				table.rowsCounted(), "bytes", known(table.bytes()), "bytesExact", table.bytesExact());
	}

	private static @Nullable Map<String, @Nullable Object> estimate(@Nullable ConversionEstimate estimate) {
		return estimate == null ? null
				: ReportFields.ordered("durationMillis", estimate.duration().toMillis(), "rowsPerSecond",
						estimate.rowsPerSecond(), "sampledRows", estimate.sampledRows(), "written", estimate.written());
	}

	private static Map<String, @Nullable Object> space(SpaceNeed space) {
		return ReportFields.ordered("copyBytes", known(space.copy()), "backupBytes", space.backup(), "freeBytes",
				known(space.free()));
	}

	private static @Nullable Map<String, @Nullable Object> clock(@Nullable ClockProof clock) {
		return clock == null ? null
				: ReportFields.ordered("zone", clock.zone(), "offsets", clock.offsets(), "samples",
						clock.samples()
							.stream()
							.map((sample) -> ReportFields.ordered("stored", sample.stored().toString(), "instant",
									sample.instant().toString()))
							.toList());
	}

	private static @Nullable Long known(long number) {
		return number == TableMeasure.UNKNOWN ? null : number;
	}

}
