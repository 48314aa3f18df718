package io.github.adkmigration.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} for the schema of ADK's session tables: UP when it is equal or
 * ahead but compatible or lacks only what is deferred, OUT_OF_SERVICE when changes are
 * pending or being applied or the application still waits for them, DOWN when the newest
 * run has failed or the database cannot be used or does not answer.
 *
 * @since 0.1.0
 */
public class AdkMigrationHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<SchemaStatus> status;

	private final SchemaGate gate;

	/**
	 * Create the indicator of an application that does not wait for its schema.
	 * @param status a cheap look at the database
	 */
	public AdkMigrationHealthIndicator(Supplier<SchemaStatus> status) {
		this(status, new SchemaGate());
	}

	/**
	 * Create the indicator.
	 * @param status a cheap look at the database
	 * @param gate tells whether the application waits for its schema
	 */
	public AdkMigrationHealthIndicator(Supplier<SchemaStatus> status, SchemaGate gate) {
		super("The schema of ADK's session tables could not be read");
		this.status = status;
		this.gate = gate;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		this.gate.waiting()
			.ifPresent((waiting) -> builder.withDetail("waitingSince", waiting.since())
				.withDetail("waitingUntil", waiting.until()));
		try {
			describe(builder, this.status.get());
		}
		catch (MigrationException ex) {
			builder.down()
				.withDetail("code", ex.code())
				.withDetail("description", ex.description())
				.withDetail("action", ex.action());
		}
	}

	private void describe(Health.Builder builder, SchemaStatus status) {
		RunRecord run = status.lastRun();
		builder.status(switch (status.compatibility()) {
			case EQUAL, DEFERRED, AHEAD_COMPATIBLE ->
				this.gate.waiting().isPresent() ? Status.OUT_OF_SERVICE : Status.UP;
			case BEHIND -> (run != null && run.outcome().equals("failed")) ? Status.DOWN : Status.OUT_OF_SERVICE;
			case AHEAD_INCOMPATIBLE -> Status.DOWN;
			case UNRECOGNIZED -> (run != null && run.outcome().equals("running")) ? Status.OUT_OF_SERVICE : Status.DOWN;
		})
			.withDetail("compatibility", status.compatibility())
			.withDetail("detected", status.title())
			.withDetail("revision", status.revision())
			.withDetail("head", status.head())
			.withDetail("lag", status.lag());
		if (!status.deferred().isEmpty()) {
			builder.withDetail("deferred", status.deferred());
		}
		if (run != null && run.unfinished()) {
			builder.withDetail("run", describe(run));
		}
	}

	private static Map<String, Object> describe(RunRecord run) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("kind", run.kind());
		details.put("outcome", run.outcome());
		details.put("instance", run.instance());
		details.put("started", run.started());
		if (run.message() != null) {
			details.put("message", run.message());
		}
		return details;
	}

}
