package io.github.adkmigration.autoconfigure.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.TargetStates;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.PendingChange;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationHealthIndicatorTests {

	private static final List<PendingChange> CHANGES = List.of(
			new PendingChange("ext_adk_0002_events_index", "expand", "Create the index"),
			new PendingChange("ext_adk_0001_backfill", "backfill", "Convert the events"));

	@ParameterizedTest
	@CsvSource({ "BEHIND, running, OUT_OF_SERVICE", "BEHIND, died, OUT_OF_SERVICE", "BEHIND, failed, DOWN",
			"UNRECOGNIZED, running, OUT_OF_SERVICE", "UNRECOGNIZED, died, DOWN", "EQUAL, failed, UP" })
	void aRunThatHasNotReachedItsEndIsTold(Compatibility compatibility, String outcome, String status) {
		RunRecord run = new RunRecord("3", Instant.parse("2026-01-02T03:04:05Z"), null, "upgrade", outcome,
				"python-1.14.0", "python-2.10.0", null, "0.1.0", "host/1/a", null, RowCounts.NONE, "The disk is full.",
				null, null, "file lock", null);
		SchemaStatus found = new SchemaStatus(compatibility, "python-1.14.0", "adk-python V0, level python-1.14.0", "1",
				"base", "0002", CHANGES, List.of(), List.of("A reason."), run);
		Health health = new AdkMigrationHealthIndicator(() -> found).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).extractingByKey("run", InstanceOfAssertFactories.MAP)
			.containsEntry("outcome", outcome)
			.containsEntry("instance", "host/1/a")
			.containsEntry("message", "The disk is full.");
	}

	@ParameterizedTest
	@CsvSource({ "EQUAL, UP", "AHEAD_COMPATIBLE, UP", "BEHIND, OUT_OF_SERVICE", "AHEAD_INCOMPATIBLE, DOWN",
			"UNRECOGNIZED, DOWN" })
	void everyCompatibilityHasItsStatus(Compatibility compatibility, String status) {
		SchemaStatus found = new SchemaStatus(compatibility, "python-1.14.0", "adk-python V0, level python-1.14.0", "1",
				"base", "0002", CHANGES, List.of(), List.of("A reason."), null);
		Health health = new AdkMigrationHealthIndicator(() -> found).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).isEqualTo(Map.of("compatibility", compatibility, "detected",
				"adk-python V0, level python-1.14.0", "revision", "base", "head", "0002", "lag", 2));
	}

	@Test
	void whileTheApplicationStillWaitsItIsOutOfServiceAndSaysUntilWhen() {
		SchemaStatus found = new SchemaStatus(Compatibility.EQUAL, "head", "head", "1", "0002", "0002", List.of(),
				List.of(), List.of(), null);
		SchemaGate gate = new SchemaGate();
		AdkMigrationHealthIndicator indicator = new AdkMigrationHealthIndicator(() -> found, gate,
				() -> TargetStates.NONE);
		gate.close(new SchemaGate.Waiting(found, Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
		assertThat(indicator.health()).satisfies((health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).containsEntry("waitingSince", Instant.EPOCH)
				.containsEntry("waitingUntil", Instant.EPOCH.plusSeconds(60));
		});
		gate.open();
		assertThat(indicator.health()).satisfies((health) -> {
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).doesNotContainKeys("waitingSince", "waitingUntil");
		});
	}

	@Test
	void whenTheDatabaseCannotBeReadThenItIsDownAndSaysWhatToDo() {
		Health health = new AdkMigrationHealthIndicator(() -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it.",
					new IllegalStateException("jdbc:postgresql://user:secret@host/db"));
		}).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).isEqualTo(Map.of("code", MigrationErrorCode.DATABASE_UNREACHABLE, "description",
				"It does not answer.", "action", "Start it."));
	}

}
