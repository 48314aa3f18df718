package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationEndpointTests {

	@Test
	void whenTheDatabaseCannotBeReadThenItAnswersWithTheProblem() {
		AdkMigrationDescriptor answer = new AdkMigrationEndpoint(() -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it.");
		}, Optional::empty).adkMigration();
		assertThat(answer.compatibility()).isNull();
		assertThat(answer.problem()).isEqualTo(new AdkMigrationDescriptor.Problem(
				MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it."));
	}

}
