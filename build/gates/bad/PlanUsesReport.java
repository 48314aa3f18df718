package io.github.adkmigration.plan;

import java.time.ZoneId;
import java.util.logging.Logger;

import io.github.adkmigration.report.ReportUsesPlan;

public final class PlanUsesReport {

	public static final Logger LOGGER = Logger.getLogger("gate");

	private PlanUsesReport() {
	}

	public static String zone(ReportUsesPlan report) {
		return ZoneId.systemDefault() + report.toString();
	}

}
