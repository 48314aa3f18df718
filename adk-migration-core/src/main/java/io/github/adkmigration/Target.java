package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

/**
 * What every verb works on.
 *
 * @param dataSource where the tables are
 * @param settings names and wishes
 * @param lockProvider the application's own, asked when a lock is needed
 * @param watch follows what is done
 */
record Target(DataSource dataSource, MigrationSettings settings,
		Supplier<? extends @Nullable LockProvider> lockProvider, RunWatch watch) {

	SessionTables tables() {
		return this.settings.tables();
	}

	/**
	 * Choose the lock. Nothing is written, and where there is none for us a run has not
	 * begun.
	 */
	MigrationLock chooseLock(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		return new MigrationLocks(this.dataSource, this.settings, this.lockProvider.get()).of(connection, dialect,
				instance);
	}

	/**
	 * Wait for a lock and take it.
	 */
	HeldLock acquire(MigrationLock lock, Connection connection, DatabaseDialect dialect) {
		long begun = System.nanoTime();
		HeldLock held = lock.acquire(new RunInProgress(connection, dialect, this.settings.tables()));
		this.watch.locked(held.description(), Duration.ofNanos(System.nanoTime() - begun));
		return held;
	}

	/**
	 * Choose the lock, wait for it and take it.
	 */
	HeldLock lock(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		return acquire(chooseLock(connection, dialect, instance), connection, dialect);
	}

	/**
	 * Take the lock if nobody has it.
	 */
	Optional<HeldLock> tryLock(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		Optional<HeldLock> held = chooseLock(connection, dialect, instance).tryAcquire();
		held.ifPresent((lock) -> this.watch.locked(lock.description(), Duration.ZERO));
		return held;
	}

	/**
	 * Return every other setting that decides what head is.
	 */
	String shapeSettings() {
		OwnerColumn owner = this.settings.ownerColumn();
		return owner == null ? "" : owner.toString();
	}

}
