package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunDetails;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationEndpointTests {

	@Test
	void whenTheDatabaseCannotBeReadThenItAnswersWithTheProblem() {
		AdkMigrationDescriptor answer = new AdkMigrationEndpoint(new EndpointTarget(() -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it.");
		}, new NoRuns(), Optional::empty, Optional::empty, new MigrationControl(AdkMigrationEndpointTests::never,
				AdkMigrationEndpointTests::never, AdkMigrationEndpointTests::never, (report) -> {
				})), Map::of)
			.adkMigration();
		assertThat(answer.compatibility()).isNull();
		assertThat(answer.problem()).isEqualTo(new AdkMigrationDescriptor.Problem(
				MigrationErrorCode.DATABASE_UNREACHABLE, "It does not answer.", "Start it."));
	}

	private static final class NoRuns implements AdkMigrationEndpoint.RunsReader {

		@Override
		public Operations read(int mostRuns) {
			return new Operations(null, List.of(), List.of(), 0, 0);
		}

		@Override
		public Optional<RunDetails> find(long number) {
			return Optional.empty();
		}

	}

	private static <T> T never() {
		throw new IllegalStateException("Nobody asked for it");
	}

}
