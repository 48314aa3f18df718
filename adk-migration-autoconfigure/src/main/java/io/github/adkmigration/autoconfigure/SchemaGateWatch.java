package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tables from time to time until somebody has migrated them, nobody can, or
 * the time is over. Only reads.
 */
final class SchemaGateWatch {

	private static final Logger logger = LoggerFactory.getLogger(SchemaGateWatch.class);

	/** Exit code of failures after which trying again may help. */
	private static final int PASSING = MigrationErrorCode.FAILED.exitCode();

	private final Waiting waiting;

	private final Supplier<SchemaStatus> look;

	private final Refusal refusal;

	private final Duration pollInterval;

	private final Clock clock;

	private final CountDownLatch stopped = new CountDownLatch(1);

	/** The last look found tables that nothing leads from. */
	private boolean doubtful;

	/** The last look failed, which is told once. */
	private boolean blind;

	/**
	 * Create the watch.
	 * @param waiting until when to look
	 * @param look looks at the database
	 * @param refusal says why the tables cannot be used
	 * @param pollInterval time between two looks
	 * @param clock tells when the time is over
	 */
	SchemaGateWatch(Waiting waiting, Supplier<SchemaStatus> look, Refusal refusal, Duration pollInterval, Clock clock) {
		this.waiting = waiting;
		this.look = look;
		this.refusal = refusal;
		this.pollInterval = pollInterval;
		this.clock = clock;
	}

	/**
	 * Wait, on the thread of the caller.
	 * @return tables that can be used, or empty if the watch was stopped: whoever stops
	 * it has no use for them any more
	 * @throws MigrationException with the reason when there is nothing left to wait for
	 * @throws InterruptedException if the thread is interrupted
	 */
	Optional<SchemaStatus> await() throws InterruptedException {
		while (!this.stopped.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
			boolean last = !this.clock.instant().isBefore(this.waiting.until());
			SchemaStatus status = look();
			if (this.stopped.getCount() == 0) {
				break;
			}
			if (status != null && status.compatibility().usable()) {
				return Optional.of(status);
			}
			Optional<MigrationException> reason = (status != null) ? hopeless(status) : Optional.empty();
			if (reason.isPresent()) {
				throw reason.get();
			}
			if (last) {
				throw late(status);
			}
		}
		return Optional.empty();
	}

	/**
	 * Let {@link #await()} return after the look that it is at.
	 */
	void stop() {
		this.stopped.countDown();
	}

	private long pauseMillis() {
		Duration left = Duration.between(this.clock.instant(), this.waiting.until());
		// Rounded up, or the last look would come a moment before the end.
		return (left.compareTo(this.pollInterval) < 0) ? Math.max(0, left.toMillis() + 1)
				: this.pollInterval.toMillis();
	}

	private @Nullable SchemaStatus look() {
		try {
			SchemaStatus status = this.look.get();
			if (this.blind) {
				logger.info("The session tables can be looked at again.");
			}
			this.blind = false;
			return status;
		}
		catch (RuntimeException ex) {
			// Whoever stops the watch closes the data source next.
			if (this.stopped.getCount() > 0) {
				if (!this.blind) {
					logger.warn("The session tables could not be looked at, and the waiting goes on: {}",
							(ex instanceof MigrationException known) ? known.description()
									: ex.getClass().getSimpleName());
				}
				logger.debug("This is where it failed", ex);
			}
			this.blind = true;
			return null;
		}
	}

	/**
	 * A look may meet the tables between two statements of a migration, so only what two
	 * looks in a row find is believed.
	 */
	private Optional<MigrationException> hopeless(SchemaStatus status) {
		boolean again = this.doubtful;
		this.doubtful = status.compatibility() != Compatibility.BEHIND;
		return (again && this.doubtful) ? this.refusal.of(status).filter((ex) -> ex.code().exitCode() != PASSING)
				: Optional.empty();
	}

	private MigrationException late(@Nullable SchemaStatus status) {
		String found = (status == null) ? "and the database does not answer." : "and nobody has migrated them: found "
				+ status.title() + ", and revision " + status.head() + " is needed.";
		long seconds = Duration.between(this.waiting.since(), this.clock.instant()).toSeconds();
		return new MigrationException(MigrationErrorCode.NOT_MIGRATED_IN_TIME,
				"The session tables have waited for their migration since " + this.waiting.since() + ", for " + seconds
						+ " s, " + found,
				"Find out why the migration has not come, run it (--adk.migration.job=upgrade, or adk-migrate upgrade) "
						+ "and start the application again; adk.migration.pending-timeout gives it more time.");
	}

}
