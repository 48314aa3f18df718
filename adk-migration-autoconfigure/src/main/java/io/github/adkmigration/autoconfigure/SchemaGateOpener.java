package io.github.adkmigration.autoconfigure;

import java.util.function.Consumer;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Watches the tables while the application waits for them, on a thread of its own that
 * ends with the waiting or with the application.
 */
final class SchemaGateOpener implements ApplicationListener<ApplicationContextEvent> {

	private static final Logger logger = LoggerFactory.getLogger(SchemaGateOpener.class);

	private static final long PATIENCE_MILLIS = 1000;

	private final ApplicationContext context;

	private final SchemaGateWatch watch;

	private final Consumer<SchemaStatus> onMigrated;

	private final Consumer<MigrationException> onGivenUp;

	private @Nullable Thread thread;

	/**
	 * Create the opener.
	 * @param context the application
	 * @param watch looks at the tables
	 * @param onMigrated opens the gate
	 * @param onGivenUp told the reason when there is nothing left to wait for
	 */
	SchemaGateOpener(ApplicationContext context, SchemaGateWatch watch, Consumer<SchemaStatus> onMigrated,
			Consumer<MigrationException> onGivenUp) {
		this.context = context;
		this.watch = watch;
		this.onMigrated = onMigrated;
		this.onGivenUp = onGivenUp;
	}

	@Override
	public synchronized void onApplicationEvent(ApplicationContextEvent event) {
		// A child context, such as that of the management server, tells its parent too.
		if (event.getApplicationContext() == this.context) {
			if (event instanceof ContextRefreshedEvent) {
				// No daemon, so that an application without a server waits too.
				this.thread = new Thread(this::run, "adk-migration-wait");
				this.thread.start();
			}
			else if (event instanceof ContextClosedEvent && this.thread != null) {
				stop(this.thread);
			}
		}
	}

	private void run() {
		try {
			this.watch.await().ifPresent((status) -> {
				this.onMigrated.accept(status);
				logger.info("The session tables are at revision {}. Sessions are served from now on.",
						status.revision());
			});
		}
		catch (MigrationException ex) {
			this.onGivenUp.accept(ex);
		}
		catch (InterruptedException ex) {
			// The application stops, and with it this thread.
			Thread.currentThread().interrupt();
		}
	}

	private void stop(Thread waiting) {
		this.watch.stop();
		try {
			// Some embedded databases close their file when a thread that reads it is
			// interrupted, so only a thread that does not end by itself is.
			waiting.join(PATIENCE_MILLIS);
			waiting.interrupt();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
