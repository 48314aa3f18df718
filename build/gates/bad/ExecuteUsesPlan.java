package io.github.adkmigration.execute;

import io.github.adkmigration.plan.PlanUsesExecute;

public final class ExecuteUsesPlan {

	@Override
	public String toString() {
		return PlanUsesExecute.zone(this);
	}

}
