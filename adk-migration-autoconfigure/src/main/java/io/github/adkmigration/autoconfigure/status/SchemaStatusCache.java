package io.github.adkmigration.autoconfigure.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

/**
 * The last look at the database, repeated only when it is too old, so that neither probes
 * nor a curious person can load the database. A failed look is remembered as long as a
 * successful one: a database that is down is not asked more often. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class SchemaStatusCache {

	private final Supplier<SchemaStatus> look;

	private final Duration maxAge;

	private final Clock clock;

	private @Nullable Instant taken;

	private @Nullable SchemaStatus status;

	private @Nullable MigrationException failure;

	/**
	 * Create an empty cache.
	 * @param look looks at the database
	 * @param maxAge age up to which a look is good enough; zero to look every time
	 * @param clock tells the age
	 */
	public SchemaStatusCache(Supplier<SchemaStatus> look, Duration maxAge, Clock clock) {
		this.look = look;
		this.maxAge = maxAge;
		this.clock = clock;
	}

	/**
	 * Return what the last look found, after a new one if that is too old.
	 * @return the status
	 * @throws MigrationException if that look failed
	 */
	public synchronized SchemaStatus get() {
		Instant now = this.clock.instant();
		if (this.taken == null || !now.isBefore(this.taken.plus(this.maxAge))) {
			this.status = null;
			this.failure = null;
			try {
				this.status = this.look.get();
			}
			catch (MigrationException ex) {
				this.failure = ex;
			}
			this.taken = now;
		}
		if (this.status == null) {
			throw failure();
		}
		return this.status;
	}

	/**
	 * Keep what somebody else has seen just now, in place of an older look.
	 * @param seen the status
	 */
	public synchronized void keep(SchemaStatus seen) {
		this.status = seen;
		this.failure = null;
		this.taken = this.clock.instant();
	}

	private MigrationException failure() {
		if (this.failure == null) {
			throw new IllegalStateException("The last look has neither a status nor a failure");
		}
		return this.failure;
	}

}
