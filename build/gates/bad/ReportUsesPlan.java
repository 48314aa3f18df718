package io.github.adkmigration.report;

import io.github.adkmigration.plan.PlanUsesReport;

public final class ReportUsesPlan {

	@Override
	public String toString() {
		return PlanUsesReport.zone(this);
	}

}
