package io.github.adkmigration.autoconfigure.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.TableSizes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} for what the runs of this process did. The first run is over before
 * Spring Boot binds meters, and asking for the registry earlier would make beans that may
 * wait for the migration; so what happens before that is kept and told to each registry
 * when it is bound. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RunMetrics implements MigrationListener, MeterBinder {

	/** All that {@link RunEnd#outcome()} can be. */
	static final List<String> OUTCOMES = List.of("up-to-date", "created", "migrated", "undone", "stamped", "copied",
			"retried", "refused", "failed");

	private static final List<String> RESULTS = List.of("converted", "quarantined", "orphaned");

	/** From a start with nothing to do to a conversion over night. */
	private static final Duration[] BUCKETS = { Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(5),
			Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(12) };

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final List<Consumer<MeterRegistry>> early = new ArrayList<>();

	private final Map<String, TableSizes.Size> sizes = new ConcurrentHashMap<>();

	private volatile double rowsPerSecond;

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		Gauge.builder("adk.migration.rate", this, (metrics) -> metrics.rowsPerSecond)
			.description("Events that the conversion of this process reads per second, 0 when there is none")
			.register(registry);
		OUTCOMES.forEach((outcome) -> runs(registry, outcome));
		RESULTS.forEach((result) -> rows(registry, result));
		lockWait(registry);
		this.early.forEach((event) -> event.accept(registry));
		this.registries.add(registry);
	}

	@Override
	public void progress(Progress progress) {
		this.rowsPerSecond = progress.rowsPerSecond();
	}

	@Override
	public void locked(String description, Duration waited) {
		record((registry) -> lockWait(registry).record(waited));
	}

	@Override
	public boolean measures() {
		return true;
	}

	@Override
	public void measured(TableSizes measured) {
		String phase = measured.phase().name().toLowerCase(Locale.ROOT);
		for (TableSizes.Size size : measured.tables()) {
			String table = size.table().name().toLowerCase(Locale.ROOT).replace('_', '-');
			if (this.sizes.put(table + phase, size) == null) {
				record((registry) -> size(registry, table, phase));
			}
		}
	}

	@Override
	public void ended(RunEnd end) {
		this.rowsPerSecond = 0;
		record((registry) -> {
			duration(registry, end).record(end.duration());
			runs(registry, end.outcome()).increment();
			rows(registry, "converted").increment(end.rows().converted());
			if (!end.outcome().equals("retried")) {
				// A retry reads rows again that have been counted when they were put
				// aside.
				rows(registry, "quarantined").increment(end.rows().quarantined());
				rows(registry, "orphaned").increment(end.rows().orphaned());
			}
			if (end.code() == MigrationErrorCode.LOCK_NOT_ACQUIRED) {
				lockWait(registry).record(end.duration());
			}
		});
	}

	private synchronized void record(Consumer<MeterRegistry> event) {
		if (this.registries.isEmpty()) {
			this.early.add(event);
		}
		this.registries.forEach(event);
	}

	private void size(MeterRegistry registry, String table, String phase) {
		Gauge
			.builder("adk.migration.table.rows", this,
					(metrics) -> value(metrics.sizes.get(table + phase), TableSizes.Size::rows))
			.description("Rows of a session table before and after the newest run of this process, as estimated")
			.tag("table", table)
			.tag("phase", phase)
			.register(registry);
		Gauge
			.builder("adk.migration.table.bytes", this,
					(metrics) -> value(metrics.sizes.get(table + phase), TableSizes.Size::bytes))
			.description("Size of a session table with its indexes before and after the newest run of this process")
			.baseUnit("bytes")
			.tag("table", table)
			.tag("phase", phase)
			.register(registry);
	}

	private static double value(TableSizes.@Nullable Size size, ToLongFunction<TableSizes.Size> number) {
		return (size != null && number.applyAsLong(size) >= 0) ? number.applyAsLong(size) : Double.NaN;
	}

	private static Timer duration(MeterRegistry registry, RunEnd end) {
		return Timer.builder("adk.migration.duration")
			.description("How long runs took, waiting for the lock included")
			.tag("kind", end.kind())
			.tag("outcome", end.outcome())
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
	}

	private static Counter runs(MeterRegistry registry, String outcome) {
		return Counter.builder("adk.migration.runs")
			.description("Runs that have ended")
			.tag("outcome", outcome)
			.register(registry);
	}

	private static Counter rows(MeterRegistry registry, String result) {
		return Counter.builder("adk.migration.rows")
			.description("Events that conversions have dealt with")
			.tag("result", result)
			.register(registry);
	}

	private static Timer lockWait(MeterRegistry registry) {
		return Timer.builder("adk.migration.lock.wait")
			.description("How long runs waited for others, those that gave up included")
			.register(registry);
	}

}
