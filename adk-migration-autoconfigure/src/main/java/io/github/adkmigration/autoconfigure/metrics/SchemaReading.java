package io.github.adkmigration.autoconfigure.metrics;

import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;

/**
 * What the gauges of one scrape share. A look may be allowed no age at all, or take
 * longer than the age it is allowed, as when the database is down; without this each of
 * the gauges would then look, or wait, on its own. Safe for use by several threads.
 */
final class SchemaReading {

	private static final long SHARED_NANOS = 1_000_000_000;

	private final Supplier<SchemaStatus> look;

	private boolean taken;

	private long takenAt;

	private @Nullable SchemaStatus status;

	SchemaReading(Supplier<SchemaStatus> look) {
		this.look = look;
	}

	/**
	 * Return what the schema is.
	 * @return the state, or {@code null} if the database cannot be read
	 */
	synchronized @Nullable SchemaStatus get() {
		if (!this.taken || System.nanoTime() - this.takenAt > SHARED_NANOS) {
			this.status = read();
			this.taken = true;
			this.takenAt = System.nanoTime();
		}
		return this.status;
	}

	private @Nullable SchemaStatus read() {
		try {
			return this.look.get();
		}
		catch (MigrationException | BeansException ex) {
			// The health indicator says what is wrong.
			return null;
		}
	}

}
