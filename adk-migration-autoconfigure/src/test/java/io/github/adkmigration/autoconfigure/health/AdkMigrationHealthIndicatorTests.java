package io.github.adkmigration.autoconfigure.health;

import java.util.List;
import java.util.Map;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationHealthIndicatorTests {

	@ParameterizedTest
	@CsvSource({ "EQUAL, UP", "AHEAD_COMPATIBLE, UP", "BEHIND, OUT_OF_SERVICE", "AHEAD_INCOMPATIBLE, DOWN",
			"UNRECOGNIZED, DOWN" })
	void everyCompatibilityHasItsStatus(Compatibility compatibility, String status) {
		SchemaStatus found = new SchemaStatus(compatibility, "python-1.14.0", "adk-python V0, level python-1.14.0", "1",
				"base", "0002", List.of("Create the index", "Convert the events"), List.of("A reason."), null);
		Health health = new AdkMigrationHealthIndicator(() -> found).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(new Status(status));
		assertThat(health.getDetails()).isEqualTo(Map.of("compatibility", compatibility, "detected",
				"adk-python V0, level python-1.14.0", "revision", "base", "head", "0002", "lag", 2));
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
