package io.github.adkmigration.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.PreflightText;
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

	private final Supplier<PreflightReport> preflight;

	private final Refusal refusal;

	private final OnPending onPending;

	private final Consumer<Waiting> gate;

	private final Duration pendingTimeout;

	/**
	 * Create the policy.
	 * @param look looks at the database
	 * @param preflight looks at what a migration would be in for, if one is pending
	 * @param refusal says why the tables cannot be used
	 * @param onPending what to do about pending changes
	 * @param gate is closed if the application is to wait
	 * @param pendingTimeout how long it waits
	 */
	PendingChangesPolicy(Supplier<SchemaStatus> look, Supplier<PreflightReport> preflight, Refusal refusal,
			OnPending onPending, Consumer<Waiting> gate, Duration pendingTimeout) {
		this.look = look;
		this.preflight = preflight;
		this.refusal = refusal;
		this.onPending = onPending;
		this.gate = gate;
		this.pendingTimeout = pendingTimeout;
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
			case DEFERRED -> status.deferred().forEach((change) -> logger.warn("{}", change.text()));
			case AHEAD_COMPATIBLE ->
				logger.info("The session tables are at revision {}, newer than {} and compatible with it.",
						status.revision(), status.head());
			case BEHIND -> pending(status);
			case AHEAD_INCOMPATIBLE, UNRECOGNIZED ->
				throw this.refusal.of(status).orElseGet(() -> changedMeanwhile(status));
		}
	}

	private void pending(SchemaStatus status) {
		String description = "The session tables are behind: found " + status.title() + ", and revision "
				+ status.head() + " needs " + changes(status.lag()) + ":" + list(status.pending());
		tellWhatIsAhead();
		switch (this.onPending) {
			case FAIL -> throw new MigrationException(MigrationErrorCode.PENDING_CHANGES, description, HOW_TO_MIGRATE
					+ ", or set adk.migration.on-pending=wait to wait until another process has migrated, or =warn to start all the same.");
			case WARN -> logger.warn("{}\n{}.", description, HOW_TO_MIGRATE);
			case WAIT -> {
				Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
				Instant until = now.plus(this.pendingTimeout);
				this.gate.accept(new Waiting(status, now, until));
				logger.warn(
						"{}\n{}, or the job --adk.migration.job=upgrade. Until {} this instance waits for that, refuses traffic and sessions, and then goes on without a restart.",
						description, HOW_TO_MIGRATE, until);
			}
		}
	}

	/** Whatever goes wrong here is no reason to start or not to start. */
	private void tellWhatIsAhead() {
		try {
			PreflightReport report = this.preflight.get();
			if (!report.tables().isEmpty()) {
				logger.info("What a migration has before it:\n{}", PreflightText.brief(report));
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Nobody knows what a migration has before it", ex);
		}
	}

	private static MigrationException changedMeanwhile(SchemaStatus status) {
		return new MigrationException(MigrationErrorCode.UNRECOGNIZED_SCHEMA,
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
