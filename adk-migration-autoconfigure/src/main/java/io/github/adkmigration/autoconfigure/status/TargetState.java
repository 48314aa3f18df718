package io.github.adkmigration.autoconfigure.status;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

/**
 * One of several targets, for those that only read it. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TargetState {

	private final String name;

	private final SchemaStatusCache status;

	private final AtomicReference<@Nullable MigrationException> failure = new AtomicReference<>();

	/**
	 * Create the state of a target that nobody has tried to use.
	 * @param name its name
	 * @param status looks at its tables
	 */
	public TargetState(String name, SchemaStatusCache status) {
		this.name = name;
		this.status = status;
	}

	/**
	 * Return the name of the target.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return what the last look found.
	 * @return the status
	 * @throws MigrationException if the look failed
	 */
	public SchemaStatus status() {
		return this.status.get();
	}

	/**
	 * Return why the last attempt to make the target usable failed.
	 * @return the failure, empty if it did not
	 */
	public Optional<MigrationException> failure() {
		return Optional.ofNullable(this.failure.get());
	}

	/**
	 * Tell that an attempt failed.
	 * @param reason why
	 */
	public void failed(MigrationException reason) {
		this.failure.set(reason);
	}

	/**
	 * Tell that the target can be used, by a look that was just taken.
	 * @param seen what the look found
	 */
	public void usable(SchemaStatus seen) {
		this.status.keep(seen);
		this.failure.set(null);
	}

	/**
	 * Return whether the application can work with the target as the last look found it.
	 * @return whether it can
	 */
	public boolean isUsable() {
		try {
			return status().compatibility().usable();
		}
		catch (MigrationException ex) {
			return false;
		}
	}

}
