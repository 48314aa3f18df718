package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.MigrationListener;
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
 * @param listener told of what a run is at
 */
record Target(DataSource dataSource, MigrationSettings settings,
		Supplier<? extends @Nullable LockProvider> lockProvider, MigrationListener listener) {

	SessionTables tables() {
		return this.settings.tables();
	}

	/**
	 * Wait for the lock and take it.
	 */
	HeldLock lock(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		return new MigrationLocks(this.dataSource, this.settings, this.lockProvider.get())
			.of(connection, dialect, instance)
			.acquire(new RunInProgress(connection, dialect, this.settings.tables()));
	}

	/**
	 * Return every other setting that decides what head is.
	 */
	String shapeSettings() {
		OwnerColumn owner = this.settings.ownerColumn();
		return owner == null ? "" : owner.toString();
	}

}
