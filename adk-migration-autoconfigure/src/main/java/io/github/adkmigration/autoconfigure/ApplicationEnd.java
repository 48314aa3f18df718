package io.github.adkmigration.autoconfigure;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

import io.github.adkmigration.failure.MigrationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/**
 * Ends an application that nothing can make ready any more, so that whoever has started
 * it notices.
 */
final class ApplicationEnd implements Consumer<MigrationException> {

	private static final Logger logger = LoggerFactory.getLogger(ApplicationEnd.class);

	private final ApplicationContext context;

	private final IntConsumer exit;

	/**
	 * Create the end.
	 * @param context the application
	 * @param exit ends the process with an exit code
	 */
	ApplicationEnd(ApplicationContext context, IntConsumer exit) {
		this.context = context;
		this.exit = exit;
	}

	/**
	 * Say why, close the application and end the process, on a thread of its own: closing
	 * waits for the thread that found the reason.
	 * @param reason why, which also decides the exit code
	 */
	@Override
	public void accept(MigrationException reason) {
		int exitCode = reason.code().exitCode();
		logger.error("The application ends with exit code {}.\n{}\n{}", exitCode, reason.description(),
				reason.action());
		new Thread(() -> {
			SpringApplication.exit(this.context, () -> exitCode);
			// Not what exit returns: a generator of the application may have been asked.
			this.exit.accept(exitCode);
		}, "adk-migration-end").start();
	}

}
