package io.github.adkmigration.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationEndTests {

	@Test
	void theApplicationIsClosedAndTheExitCodeIsThatOfTheReasonWhateverItsGeneratorsSay() throws Exception {
		CompletableFuture<Integer> exit = new CompletableFuture<>();
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(ExitCodeGenerator.class, () -> () -> 99);
			context.refresh();
			new ApplicationEnd(context, exit::complete)
				.accept(new MigrationException(MigrationErrorCode.NOT_MIGRATED_IN_TIME, "Late.", "Start again."));
			assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(4);
			assertThat(context.isActive()).isFalse();
		}
	}

}
