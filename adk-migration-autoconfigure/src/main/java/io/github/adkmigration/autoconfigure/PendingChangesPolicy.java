package io.github.adkmigration.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether an application that may not migrate can start on the schema it finds.
 */
final class PendingChangesPolicy implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(PendingChangesPolicy.class);

	private static final String HOW_TO_MIGRATE = "Start one instance with adk.auto-migrate=true "
			+ "(in the environment: ADK_AUTO_MIGRATE_DB=true)";

	private final Supplier<SchemaStatus> look;

	private final Runnable plan;

	private final OnPending onPending;

	/**
	 * Create the policy.
	 * @param look looks at the database
	 * @param plan plans the way to head, and fails with the reason where there is none
	 * @param onPending what to do about pending changes
	 */
	PendingChangesPolicy(Supplier<SchemaStatus> look, Runnable plan, OnPending onPending) {
		this.look = look;
		this.plan = plan;
		this.onPending = onPending;
	}

	/**
	 * Look at the schema, and let the start go on or stop it.
	 * @throws MigrationException with the state and the next step if the application
	 * cannot start
	 */
	@Override
	public void run() {
		SchemaStatus status = this.look.get();
		switch (status.compatibility()) {
			case EQUAL -> logger.info("The session tables are up to date at revision {}.", status.revision());
			case AHEAD_COMPATIBLE ->
				logger.info("The session tables are at revision {}, newer than {} and compatible with it.",
						status.revision(), status.head());
			case BEHIND -> pending(status);
			case AHEAD_INCOMPATIBLE -> throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
					"The session tables are at revision " + status.revision() + ", which this version, made for "
							+ status.head() + ", cannot work with.",
					"Start the version of the application that changed them, or a newer one.");
			case UNRECOGNIZED -> refuse(status);
		}
	}

	private void pending(SchemaStatus status) {
		String description = "The session tables are behind: found " + status.title() + ", and revision "
				+ status.head() + " needs " + changes(status.lag()) + ":" + list(status.pending());
		if (this.onPending == OnPending.FAIL) {
			throw new MigrationException(MigrationErrorCode.PENDING_CHANGES, description,
					HOW_TO_MIGRATE + ", or set adk.migration.on-pending=warn to start all the same.");
		}
		logger.warn("{}\n{}.", description, HOW_TO_MIGRATE);
	}

	private void refuse(SchemaStatus status) {
		this.plan.run();
		throw new MigrationException(MigrationErrorCode.UNRECOGNIZED_SCHEMA,
				"The session tables changed while the application looked at them; first they were " + status.title()
						+ ".",
				"Start the application again.");
	}

	private static String changes(int number) {
		return (number == 1) ? "1 change" : number + " changes";
	}

	private static String list(List<String> lines) {
		StringBuilder list = new StringBuilder();
		lines.forEach((line) -> list.append("\n    - ").append(line));
		return list.toString();
	}

}
