package io.github.adkmigration.autoconfigure;

import java.util.function.Consumer;
import java.util.function.Function;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Watches the tables while the gate is closed, on a thread of its own that ends with the
 * waiting or with the application. Where the gate is open it does nothing and has no
 * thread.
 */
final class SchemaGateOpener implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SchemaGateOpener.class);

	private static final long PATIENCE_MILLIS = 1000;

	private final SchemaGate gate;

	private final Function<Waiting, SchemaGateWatch> watches;

	private final Consumer<SchemaStatus> onMigrated;

	private final Consumer<MigrationException> onGivenUp;

	private @Nullable SchemaGateWatch watch;

	private @Nullable Thread thread;

	/**
	 * Create the opener.
	 * @param gate the gate
	 * @param watches makes what looks at the tables
	 * @param onMigrated opens the gate
	 * @param onGivenUp told the reason when there is nothing left to wait for
	 */
	SchemaGateOpener(SchemaGate gate, Function<Waiting, SchemaGateWatch> watches, Consumer<SchemaStatus> onMigrated,
			Consumer<MigrationException> onGivenUp) {
		this.gate = gate;
		this.watches = watches;
		this.onMigrated = onMigrated;
		this.onGivenUp = onGivenUp;
	}

	@Override
	public synchronized void start() {
		this.gate.waiting().ifPresent((waiting) -> {
			SchemaGateWatch begun = this.watches.apply(waiting);
			this.watch = begun;
			// No daemon, so that an application without a server waits too.
			this.thread = new Thread(() -> run(begun), "adk-migration-wait");
			this.thread.start();
		});
	}

	private void run(SchemaGateWatch begun) {
		try {
			begun.await().ifPresent((status) -> {
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

	@Override
	public synchronized void stop() {
		if (this.watch == null || this.thread == null) {
			return;
		}
		this.watch.stop();
		try {
			// Some embedded databases close their file when a thread that reads it is
			// interrupted, so only a thread that does not end by itself is.
			this.thread.join(PATIENCE_MILLIS);
			this.thread.interrupt();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.watch = null;
		this.thread = null;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.watch != null;
	}

}
