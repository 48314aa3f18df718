package io.github.adkmigration.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.TableSizes;
import io.github.adkmigration.schema.SessionTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RunMetrics metrics = new RunMetrics();

	@Test
	void whatHappensBeforeARegistryIsThereIsTold() {
		this.metrics.locked("lock", Duration.ofSeconds(3));
		this.metrics.ended(end("migrated", new RowCounts(10, 7, 1, 2, 1), null));
		SimpleMeterRegistry second = new SimpleMeterRegistry();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(second);
		for (SimpleMeterRegistry each : new SimpleMeterRegistry[] { this.registry, second }) {
			assertThat(each.get("adk.migration.runs").tag("outcome", "migrated").counter().count()).isOne();
			assertThat(each.get("adk.migration.duration").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(5);
			assertThat(each.get("adk.migration.lock.wait").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		}
		this.metrics.ended(end("migrated", RowCounts.NONE, null));
		assertThat(second.get("adk.migration.runs").tag("outcome", "migrated").counter().count()).isEqualTo(2);
		assertThat(rows("converted")).isEqualTo(7);
		assertThat(rows("quarantined")).isEqualTo(2);
		assertThat(rows("orphaned")).isOne();
	}

	@Test
	void rowsThatStayInQuarantineAreNotCountedAgain() {
		this.metrics.bindTo(this.registry);
		this.metrics.ended(end("migrated", new RowCounts(10, 8, 0, 2, 0), null));
		this.metrics.ended(end("retried", new RowCounts(2, 1, 0, 1, 0), null));
		assertThat(rows("converted")).isEqualTo(9);
		assertThat(rows("quarantined")).isEqualTo(2);
	}

	@Test
	void theRateIsThatOfTheRunThatGoesOn() {
		this.metrics.bindTo(this.registry);
		this.metrics.progress(new Progress("copy", 100, 200, 2500, null));
		assertThat(this.registry.get("adk.migration.rate").gauge().value()).isEqualTo(2500);
		this.metrics.ended(end("failed", RowCounts.NONE, MigrationErrorCode.FAILED));
		assertThat(this.registry.get("adk.migration.rate").gauge().value()).isZero();
	}

	@Test
	void theSizesAreThoseOfTheNewestRun() {
		this.metrics.measured(sizes(TableSizes.Phase.BEFORE, 100));
		this.metrics.bindTo(this.registry);
		this.metrics.measured(sizes(TableSizes.Phase.AFTER, -1));
		assertThat(size("adk.migration.table.rows", "before")).isEqualTo(100);
		assertThat(size("adk.migration.table.rows", "after")).isNaN();
		assertThat(size("adk.migration.table.bytes", "after")).isEqualTo(8192);
		this.metrics.measured(sizes(TableSizes.Phase.BEFORE, 200));
		assertThat(size("adk.migration.table.rows", "before")).isEqualTo(200);
	}

	@Test
	void whoGaveUpWaitedToo() {
		this.metrics.bindTo(this.registry);
		this.metrics.ended(end("refused", RowCounts.NONE, MigrationErrorCode.PENDING_CHANGES));
		assertThat(this.registry.get("adk.migration.lock.wait").timer().count()).isZero();
		this.metrics.ended(end("refused", RowCounts.NONE, MigrationErrorCode.LOCK_NOT_ACQUIRED));
		assertThat(this.registry.get("adk.migration.lock.wait").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void everyOutcomeHasACounterFromTheBeginning() {
		Stream<String> reported = Stream.of(Outcome.values())
			.map((outcome) -> outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		assertThat(reported).isSubsetOf(RunMetrics.OUTCOMES);
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.get("adk.migration.runs").counters()).hasSameSizeAs(RunMetrics.OUTCOMES);
	}

	private double size(String name, String phase) {
		return this.registry.get(name).tag("table", "app-states").tag("phase", phase).gauge().value();
	}

	private static TableSizes sizes(TableSizes.Phase phase, long rows) {
		return new TableSizes(phase, List.of(new TableSizes.Size(SessionTable.APP_STATES, rows, 8192)));
	}

	private double rows(String result) {
		return this.registry.get("adk.migration.rows").tag("result", result).counter().count();
	}

	private static RunEnd end(String outcome, RowCounts rows, @Nullable MigrationErrorCode code) {
		return new RunEnd("upgrade", outcome, null, null, null, rows, Duration.ofSeconds(5), Duration.ZERO, code, null);
	}

}
