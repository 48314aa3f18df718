package io.github.adkmigration.plan;

import java.time.ZoneId;
import java.util.logging.Logger;

import io.github.adkmigration.execute.ExecuteUsesPlan;

public final class PlanUsesExecute {

	public static final Logger LOGGER = Logger.getLogger("gate");

	private PlanUsesExecute() {
	}

	public static String zone(ExecuteUsesPlan execution) {
		return ZoneId.systemDefault() + execution.toString();
	}

}
