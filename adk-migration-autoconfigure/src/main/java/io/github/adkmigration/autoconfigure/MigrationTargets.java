package io.github.adkmigration.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.TargetStates;
import io.github.adkmigration.report.SchemaStatus;

/**
 * The targets beside the first one, which the properties themselves describe.
 *
 * @param all in the order of their settings
 * @param onFailure what becomes of the others when one cannot be used
 */
record MigrationTargets(List<MigrationTarget> all, OnTargetFailure onFailure) {

	static final MigrationTargets NONE = new MigrationTargets(List.of(), OnTargetFailure.FAIL);

	/**
	 * Return whether the application cannot work without each of them.
	 */
	boolean decisive() {
		return this.onFailure == OnTargetFailure.FAIL;
	}

	TargetStates states() {
		return new TargetStates(this.all.stream().map(MigrationTarget::state).toList(), decisive());
	}

	/**
	 * Return what a start does that finds pending changes in one of them. Nobody waits
	 * for a target that the application can work without: it is tried again later.
	 */
	OnPending onPending(OnPending wanted) {
		return (wanted == OnPending.WAIT && !decisive()) ? OnPending.FAIL : wanted;
	}

	/**
	 * Return a look at all that the application waits for.
	 * @param first looks at the first target
	 * @return a look that finds the first target, or one that keeps the application
	 * waiting
	 */
	Supplier<SchemaStatus> look(Supplier<SchemaStatus> first) {
		return decisive() ? () -> {
			SchemaStatus found = first.get();
			return this.all.stream()
				.filter((target) -> found.compatibility().usable())
				.map((target) -> target.migrator().status())
				.filter((status) -> !status.compatibility().usable())
				.findFirst()
				.orElse(found);
		} : first;
	}

	/**
	 * Return the reason why the application cannot work with what it waits for.
	 * @param first plans the way of the first target
	 * @return the reason
	 */
	Refusal refusal(Runnable first) {
		return new Refusal(() -> {
			first.run();
			if (decisive()) {
				this.all.forEach((target) -> target.migrator().plan());
			}
		});
	}

	/**
	 * Return the migrators that may change the schema, by the names of their targets.
	 */
	Map<String, AdkMigrator> privileged() {
		Map<String, AdkMigrator> migrators = new LinkedHashMap<>();
		this.all.forEach((target) -> migrators.put(target.name(), target.privileged().get()));
		return migrators;
	}

}
