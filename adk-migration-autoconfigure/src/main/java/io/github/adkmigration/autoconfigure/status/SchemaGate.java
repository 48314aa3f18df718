package io.github.adkmigration.autoconfigure.status;

import java.time.Instant;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whether the session tables may be used. It is open, except while an application waits
 * for somebody else to migrate them. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SchemaGate {

	private volatile @Nullable Waiting waiting;

	/**
	 * Close the gate.
	 * @param reason for what the application waits
	 */
	public void close(Waiting reason) {
		this.waiting = reason;
	}

	/**
	 * Open the gate.
	 */
	public void open() {
		this.waiting = null;
	}

	/**
	 * Return for what the application waits.
	 * @return the waiting, empty if the gate is open
	 */
	public Optional<Waiting> waiting() {
		return Optional.ofNullable(this.waiting);
	}

	/**
	 * Go through the gate.
	 * @throws MigrationException with {@code PENDING_CHANGES} if it is closed
	 */
	public void pass() {
		Waiting reason = this.waiting;
		if (reason != null) {
			throw new MigrationException(MigrationErrorCode.PENDING_CHANGES,
					"The session tables wait for their migration since " + reason.since() + ": found "
							+ reason.found().title() + ", and revision " + reason.found().head() + " is needed.",
					"Run the migration (--adk.migration.job=upgrade, or adk-migrate upgrade) before " + reason.until()
							+ "; this instance then serves sessions without a restart.");
		}
	}

	/**
	 * For what the application waits.
	 *
	 * @param found what the tables were when the waiting began
	 * @param since when it began
	 * @param until when it ends at the latest, and the application with it
	 */
	public record Waiting(SchemaStatus found, Instant since, Instant until) {
	}

}
