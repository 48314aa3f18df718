package io.github.adkmigration.autoconfigure.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.adkmigration.autoconfigure.status.TargetState;
import io.github.adkmigration.autoconfigure.status.TargetStates;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} for what the schema is, by the last look at the database. What
 * nobody knows is {@code NaN}: while the database cannot be read, all of it.
 *
 * @since 0.1.0
 */
public final class SchemaMetrics implements MeterBinder {

	private static final String NEWER = "newer";

	private static final Set<String> UNFINISHED = Set.of("running", "died", "failed");

	private final SchemaReading reading;

	private final Clock clock;

	private final Supplier<TargetStates> targets;

	private @Nullable Instant lastSuccess;

	/**
	 * Create the meters.
	 * @param look a cheap look at the database
	 * @param clock tells the age of the last success
	 * @param targets further targets; asked when the meters are bound
	 */
	public SchemaMetrics(Supplier<SchemaStatus> look, Clock clock, Supplier<TargetStates> targets) {
		this.reading = new SchemaReading(look);
		this.clock = clock;
		this.targets = targets;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge("adk.migration.lag", SchemaStatus::lag).description("Changes of the session tables that are pending")
			.register(registry);
		gauge("adk.migration.deferred", (status) -> status.deferred().size())
			.description("Changes of the session tables that starts leave to operators")
			.register(registry);
		gauge("adk.migration.last.run.failed", (status) -> truth(failed(status.lastRun())))
			.description("Whether the newest run of the history failed or died")
			.register(registry);
		TimeGauge.builder("adk.migration.last.success.age", this, TimeUnit.SECONDS, SchemaMetrics::lastSuccessAge)
			.description("Time since a run of any process last ended well")
			.register(registry);
		List<String> revisions = new ArrayList<>(BundledChangelog.REVISIONS);
		revisions.add(NEWER);
		for (String revision : revisions) {
			gauge("adk.migration.schema.revision", (status) -> truth(revision(status).equals(revision)))
				.description("Whether the session tables are at this revision")
				.tag("revision", revision)
				.tag("head", BundledChangelog.HEAD)
				.register(registry);
		}
		for (Compatibility compatibility : Compatibility.values()) {
			gauge("adk.migration.schema.compatibility", (status) -> truth(status.compatibility() == compatibility))
				.description("Whether database and library fit together in this way")
				.tag("state", compatibility.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.register(registry);
		}
		bindTargets(registry);
	}

	private void bindTargets(MeterRegistry registry) {
		for (TargetState target : this.targets.get().all()) {
			Gauge.builder("adk.migration.target.usable", target, (state) -> truth(state.isUsable()))
				.description("Whether the application can work with this one of its further targets")
				.tag("target", target.name())
				.register(registry);
		}
	}

	private Gauge.Builder<SchemaReading> gauge(String name, ToDoubleFunction<SchemaStatus> value) {
		return Gauge.builder(name, this.reading, (reading) -> {
			SchemaStatus status = reading.get();
			return (status != null) ? value.applyAsDouble(status) : Double.NaN;
		});
	}

	/**
	 * The tag must not take a value that only a later version knows: how many there are
	 * would be out of our hands.
	 */
	private static String revision(SchemaStatus status) {
		return BundledChangelog.REVISIONS.contains(status.revision()) ? status.revision() : NEWER;
	}

	private static boolean failed(@Nullable RunRecord run) {
		return run != null && (run.outcome().equals("failed") || run.outcome().equals("died"));
	}

	private static double truth(boolean value) {
		return value ? 1 : 0;
	}

	/**
	 * A look holds the newest run only, so the last success is remembered while others
	 * fail.
	 */
	private synchronized double lastSuccessAge() {
		SchemaStatus status = this.reading.get();
		RunRecord run = (status != null) ? status.lastRun() : null;
		if (run != null && !UNFINISHED.contains(run.outcome())) {
			this.lastSuccess = (run.finished() != null) ? run.finished() : run.started();
		}
		Instant known = this.lastSuccess;
		// The clock of the database may be ahead of ours.
		return (known != null) ? Math.max(0, Duration.between(known, this.clock.instant()).toMillis() / 1000.0)
				: Double.NaN;
	}

}
