package io.github.adkmigration.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.TargetState;
import io.github.adkmigration.autoconfigure.status.TargetStates;
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

	private static final List<Status> SEVERITY = List.of(Status.DOWN, Status.OUT_OF_SERVICE, Status.UP);

	private final Supplier<SchemaStatus> status;

	private final SchemaGate gate;

	private final Supplier<TargetStates> targets;

	/**
	 * Create the indicator of an application that does not wait for its schema.
	 * @param status a cheap look at the database
	 */
	public AdkMigrationHealthIndicator(Supplier<SchemaStatus> status) {
		this(status, new SchemaGate(), () -> TargetStates.NONE);
	}

	/**
	 * Create the indicator.
	 * @param status a cheap look at the database
	 * @param gate tells whether the application waits for its schema
	 * @param targets further targets, of which each has its own look
	 */
	public AdkMigrationHealthIndicator(Supplier<SchemaStatus> status, SchemaGate gate, Supplier<TargetStates> targets) {
		super("The schema of ADK's session tables could not be read");
		this.status = status;
		this.gate = gate;
		this.targets = targets;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		this.gate.waiting()
			.ifPresent((waiting) -> builder.withDetail("waitingSince", waiting.since())
				.withDetail("waitingUntil", waiting.until()));
		describe(builder, this.status);
		TargetStates others = this.targets.get();
		if (!others.all().isEmpty()) {
			describe(builder, others);
		}
	}

	/** One that the application can work without does not make it unhealthy. */
	private void describe(Health.Builder builder, TargetStates others) {
		Status worst = builder.build().getStatus();
		Map<String, Object> details = new LinkedHashMap<>();
		for (TargetState target : others.all()) {
			Health.Builder own = new Health.Builder();
			describe(own, target::status);
			target.failure().ifPresent((failure) -> problem(own, failure));
			Health health = own.build();
			Map<String, Object> described = new LinkedHashMap<>();
			described.put("status", health.getStatus().getCode());
			described.putAll(health.getDetails());
			details.put(target.name(), described);
			worst = worse(worst, health.getStatus());
		}
		builder.withDetail("targets", details);
		if (others.decisive()) {
			builder.status(worst);
		}
	}

	private static Status worse(Status one, Status other) {
		return (SEVERITY.indexOf(other) < SEVERITY.indexOf(one)) ? other : one;
	}

	private static void problem(Health.Builder builder, MigrationException failure) {
		builder.withDetail("code", failure.code())
			.withDetail("description", failure.description())
			.withDetail("action", failure.action());
	}

	private void describe(Health.Builder builder, Supplier<SchemaStatus> look) {
		try {
			describe(builder, look.get());
		}
		catch (MigrationException ex) {
			problem(builder.down(), ex);
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
