package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Operations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationEndpointTests {

	@Test
	void whenTheDatabaseCannotBeReadThenItAnswersWithTheProblem() {
		AdkMigrationDescriptor answer = new AdkMigrationEndpoint(() -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it.");
		}, (most) -> new Operations(null, List.of(), 0, 0), Optional::empty,
				new MigrationControl(AdkMigrationEndpointTests::never, AdkMigrationEndpointTests::never,
						AdkMigrationEndpointTests::never, (report) -> {
						}))
			.adkMigration();
		assertThat(answer.compatibility()).isNull();
		assertThat(answer.problem()).isEqualTo(new AdkMigrationDescriptor.Problem(
				MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it."));
	}

	private static <T> T never() {
		throw new IllegalStateException("Nobody asked for it");
	}

}
