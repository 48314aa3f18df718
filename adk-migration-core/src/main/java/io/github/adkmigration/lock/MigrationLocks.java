package io.github.adkmigration.lock;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import javax.sql.DataSource;

import io.github.adkmigration.catalog.SqliteFile;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kind of lock for a run.
 *
 * @since 0.1.0
 */
public final class MigrationLocks {

	private final DataSource dataSource;

	private final MigrationSettings settings;

	private final @Nullable LockProvider provider;

	/**
	 * Create a choice for a target.
	 * @param dataSource where the target is; a lease is renewed on a connection of its
	 * own
	 * @param settings names, limits and the wanted kind
	 * @param provider the application's own lock provider, or {@code null}; a kind that
	 * is not {@code AUTO} outranks it
	 */
	public MigrationLocks(DataSource dataSource, MigrationSettings settings, @Nullable LockProvider provider) {
		this.dataSource = dataSource;
		this.settings = settings;
		this.provider = provider;
	}

	/**
	 * Choose the lock of a run.
	 * @param connection the connection of the run, in auto-commit mode
	 * @param dialect its dialect
	 * @param instance unique name of the run
	 * @return the lock, not yet taken
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException with {@code INVALID_SETTING} if the database does not
	 * have the wanted kind, or its sessions cannot be trusted with it
	 */
	public MigrationLock of(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		Choice choice = withProvider(connection, dialect, instance);
		return new PollingLock(choice.kind(), choice.description(), connection, this.settings.timeout(),
				this.settings.pollInterval());
	}

	/**
	 * Tell which lock a run would take, and take none.
	 * @param connection the connection of the run, in auto-commit mode
	 * @param dialect its dialect
	 * @return the lock
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException as {@link #of} does
	 */
	public LockForecast forecast(Connection connection, DatabaseDialect dialect) throws SQLException {
		Choice choice = withProvider(connection, dialect, "");
		return new LockForecast(choice.description(), choice.trusted());
	}

	private Choice withProvider(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		LockType type = this.settings.lockType();
		Choice choice = choose(connection, dialect, instance);
		LockProvider own = this.provider;
		if (own != null && type == LockType.AUTO) {
			String name = LockName.of(connection, dialect, this.settings.tables()).text();
			choice = new Choice(new ApplicationLock(own, name, choice.kind(), this.settings.timeout()),
					"lock of the application's own provider (" + own.getClass().getSimpleName() + "), and "
							+ choice.description(),
					choice.trusted());
		}
		return choice;
	}

	private Choice choose(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		LockType type = this.settings.lockType();
		return switch (dialect) {
			case SQLITE -> {
				require(type, dialect, LockType.FILE);
				yield file(connection, instance);
			}
			case H2 -> {
				require(type, dialect, LockType.TABLE);
				yield new Choice(lease(connection, dialect, instance, null), "table lease (the only kind on H2)");
			}
			case POSTGRESQL, MYSQL, MARIADB -> {
				require(type, dialect, LockType.ADVISORY, LockType.TABLE);
				yield server(connection, dialect, instance);
			}
		};
	}

	private static void require(LockType type, DatabaseDialect dialect, LockType... known) {
		StringBuilder allowed = new StringBuilder("auto");
		for (LockType candidate : known) {
			if (type == candidate) {
				return;
			}
			allowed.append(" or ").append(word(candidate));
		}
		if (type != LockType.AUTO) {
			throw new MigrationException(
					MigrationErrorCode.INVALID_SETTING, "The setting adk.migration.lock.type has the value '"
							+ word(type) + "', which " + dialect.id() + " does not have.",
					"Set it to " + allowed + ".");
		}
	}

	private static String word(LockType type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

	private Choice server(Connection connection, DatabaseDialect dialect, String instance) throws SQLException {
		SessionLockSql session = SessionLockSql.of(dialect, this.settings.tables(),
				LockName.of(connection, dialect, this.settings.tables()));
		LockType type = this.settings.lockType();
		if (type == LockType.TABLE) {
			return new Choice(lease(connection, dialect, instance, session),
					"table lease (adk.migration.lock.type=table)");
		}
		Optional<String> obstacle = new SessionProbe(this.dataSource, connection, dialect).obstacle();
		if (obstacle.isEmpty()) {
			return new Choice(new SessionLock(connection, session),
					(dialect == DatabaseDialect.POSTGRESQL ? "advisory lock" : "GET_LOCK")
							+ " (the server keeps it as long as the session of the run)");
		}
		if (type == LockType.ADVISORY) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration.lock.type has the value 'advisory', but " + obstacle.get() + ".",
					"Set it to auto, or let adk.migration.url lead straight to the server.");
		}
		return new Choice(lease(connection, dialect, instance, session), "table lease (" + obstacle.get() + ")", false);
	}

	private LeaseLock lease(Connection connection, DatabaseDialect dialect, String instance,
			@Nullable SessionLockSql session) {
		return new LeaseLock(new LeaseConnections(this.dataSource, connection), connection, dialect,
				this.settings.tables(), instance, this.settings.timeout(), session);
	}

	private Choice file(Connection connection, String instance) throws SQLException {
		Optional<Path> database = SqliteFile.of(connection);
		if (database.isEmpty()) {
			return new Choice(new MemoryLock(), "lock within this process (a database in memory belongs to it alone)");
		}
		String name = database.get().getFileName() + "." + this.settings.tables().prefix() + "adk-migration.lock";
		return new Choice(new SqliteFileLock(database.get().resolveSibling(name), instance),
				"file lock (the operating system keeps it as long as this process)");
	}

	private record Choice(LockKind kind, String description, boolean trusted) {

		Choice(LockKind kind, String description) {
			this(kind, description, true);
		}

	}

}
