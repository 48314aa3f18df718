package io.github.adkmigration.autoconfigure.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.TargetStates;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaMetricsTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private Supplier<SchemaStatus> database = () -> status("0002", "migrated", NOW.minusSeconds(90));

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void theGaugesOfOneScrapeShareALook() {
		bind();
		double sum = this.registry.find("adk.migration.schema.revision")
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum() + gauge("adk.migration.lag");
		assertThat(sum).isOne();
		assertThat(this.looks).hasValue(1);
	}

	@Test
	void aDatabaseThatDoesNotAnswerIsAskedOnceAScrape() {
		this.database = () -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It is down.", "Start it.");
		};
		bind();
		assertThat(this.registry.find("adk.migration.schema.compatibility").gauges())
			.hasSize(Compatibility.values().length)
			.allSatisfy((gauge) -> assertThat(gauge.value()).isNaN());
		assertThat(gauge("adk.migration.last.run.failed")).isNaN();
		assertThat(this.looks).hasValue(1);
	}

	@Test
	void aRevisionThatOnlyALaterVersionKnowsMakesNoTagOfItsOwn() {
		this.database = () -> status("0815", "migrated", NOW);
		bind();
		assertThat(this.registry.get("adk.migration.schema.revision").tag("revision", "newer").gauge().value()).isOne();
		assertThat(this.registry.find("adk.migration.schema.revision").tag("revision", "0815").gauge()).isNull();
	}

	@Test
	void theLastSuccessIsRememberedWhileOthersFail() throws InterruptedException {
		bind();
		assertThat(gauge("adk.migration.last.success.age")).isEqualTo(90);
		this.database = () -> status("0002", "failed", NOW);
		// Longer than a look is shared.
		Thread.sleep(Duration.ofMillis(1100).toMillis());
		assertThat(gauge("adk.migration.last.run.failed")).isOne();
		assertThat(gauge("adk.migration.last.success.age")).isEqualTo(90);
	}

	@Test
	void aDatabaseWhoseClockIsAheadMakesNoAgeNegative() {
		this.database = () -> status("0002", "recorded", NOW.plusSeconds(5));
		bind();
		assertThat(gauge("adk.migration.last.success.age")).isZero();
	}

	private void bind() {
		new SchemaMetrics(() -> {
			this.looks.incrementAndGet();
			return this.database.get();
		}, Clock.fixed(NOW, ZoneOffset.UTC), () -> TargetStates.NONE).bindTo(this.registry);
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

	private static SchemaStatus status(String revision, String outcome, Instant finished) {
		RunRecord run = new RunRecord("1", finished.minusSeconds(10), finished, "upgrade", outcome, "empty",
				"python-2.10.0", null, "0.1.0", "host", null, RowCounts.NONE, null, null, null, null, null);
		return new SchemaStatus(Compatibility.EQUAL, "python-2.10.0", "adk-python", "1", revision, "0002", List.of(),
				List.of(), List.of(), run);
	}

}
