package io.github.adkmigration.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again to make targets usable, on a thread of its own, at growing distances, until
 * all of them are or the application ends.
 */
final class TargetRetry {

	private static final Logger logger = LoggerFactory.getLogger(TargetRetry.class);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final Duration first;

	private final CountDownLatch ended = new CountDownLatch(1);

	/**
	 * Create it.
	 * @param first time before the first new attempt, doubled before each further one, up
	 * to five minutes
	 */
	TargetRetry(Duration first) {
		this.first = first;
	}

	/**
	 * Begin, on a thread that does not keep the process alive.
	 * @param failed what makes each target usable
	 */
	void begin(Map<MigrationTarget, Runnable> failed) {
		Map<MigrationTarget, Runnable> left = new LinkedHashMap<>(failed);
		Thread thread = new Thread(() -> {
			try {
				repeat(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "adk-migration-targets");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Begin no further attempt. One that goes on fails with its connection, as that of a
	 * killed process does, and a later start goes on with it.
	 */
	void end() {
		this.ended.countDown();
	}

	private void repeat(Map<MigrationTarget, Runnable> left) throws InterruptedException {
		Duration pause = this.first;
		while (!left.isEmpty() && !this.ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
			left.entrySet().removeIf((entry) -> succeeds(entry.getKey(), entry.getValue()));
			Duration doubled = pause.multipliedBy(2);
			pause = (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
		}
	}

	private boolean succeeds(MigrationTarget target, Runnable start) {
		try {
			start.run();
			SchemaStatus status = target.migrator().status();
			target.state().usable(status);
			logger.info("Target {} can be used now.", target.name());
			return true;
		}
		catch (MigrationException ex) {
			if (this.ended.getCount() > 0) {
				tell(target, ex);
				target.state().failed(ex);
			}
			return false;
		}
	}

	/** The same again is no news. */
	private static void tell(MigrationTarget target, MigrationException ex) {
		boolean known = target.state()
			.failure()
			.filter((before) -> before.description().equals(ex.description()))
			.isPresent();
		if (!known) {
			logger.error("Target {} still cannot be used. {} {}", target.name(), ex.description(), ex.action());
		}
	}

}
