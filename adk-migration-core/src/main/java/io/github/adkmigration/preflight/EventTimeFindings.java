package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.settings.TimestampColumn;

/**
 * Puts into words how the times of V1 events fit their JSON.
 */
final class EventTimeFindings {

	private EventTimeFindings() {
	}

	static List<PreflightFinding> of(EventTimes times, TimestampColumn wanted) {
		List<PreflightFinding> findings = new ArrayList<>();
		if (times.notUtc() > 0 && wanted != TimestampColumn.LOCAL) {
			findings.add(new PreflightFinding(PreflightCode.EVENT_TIMES_NOT_UTC,
					times.notUtc() + " of " + times.of() + " have another time in the column than UTC, as adk-python"
							+ " before 2.7.0 writes it; 2.7.0 and newer orders and filters by it as UTC.",
					wanted == TimestampColumn.UTC ? "Migrate: they are set to the instant of event_data.timestamp."
							: "Migrate with adk.migration.timestamp-column=utc to repair them, unless an adk-python"
									+ " before 2.7.0 still reads them."));
		}
		if (times.unreadable() > 0 && wanted == TimestampColumn.UTC) {
			findings.add(new PreflightFinding(PreflightCode.EVENT_TIMES_UNREADABLE,
					"Of " + times.of() + " " + times.unreadableText() + " cannot be set to UTC.",
					"Repair their event_data if they matter; they stay as they are."));
		}
		return findings;
	}

}
