package io.github.adkmigration.test.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * Databases on one server, which starts with the first of them.
 */
final class ServerProvider implements DatabaseProvider {

	private final String name;

	private final DatabaseDialect dialect;

	private final ServerLauncher launcher;

	private final AtomicInteger counter = new AtomicInteger();

	private final Queue<String> free = new ConcurrentLinkedQueue<>();

	private @Nullable Optional<String> unavailableReason;

	private @Nullable ServerAddress address;

	ServerProvider(String name, DatabaseDialect dialect, ServerLauncher launcher) {
		this.name = name;
		this.dialect = dialect;
		this.launcher = launcher;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public DatabaseDialect dialect() {
		return this.dialect;
	}

	@Override
	public Set<Capability> capabilities() {
		Set<Capability> capabilities = EnumSet.of(Capability.SERVER, Capability.CONCURRENT_WRITERS, Capability.ACCOUNTS,
				Capability.SESSION_TIME_ZONE);
		if (this.dialect == DatabaseDialect.POSTGRESQL) {
			capabilities.add(Capability.SCHEMAS);
		}
		return Set.copyOf(capabilities);
	}

	@Override
	public synchronized Optional<String> unavailableReason() {
		Optional<String> reason = this.unavailableReason;
		if (reason == null) {
			reason = this.launcher.unavailableReason();
			this.unavailableReason = reason;
		}
		return reason;
	}

	@Override
	public TestDatabase newDatabase() {
		unavailableReason().ifPresent((reason) -> {
			throw new IllegalStateException(reason);
		});
		ServerAddress server = server();
		String recycled = this.free.poll();
		String database = recycled != null ? recycled : create(server);
		return new TestDatabase(this, server.dataSource(database), null, () -> close(server, database));
	}

	/**
	 * Start a server of this product that is not shared and may be killed.
	 */
	KillableServer startKillable() {
		try {
			return this.launcher.startKillable();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The test database " + this.name + " could not be started.", ex);
		}
	}

	private String create(ServerAddress server) {
		String database = "adk_" + this.counter.incrementAndGet();
		administer(server,
				"CREATE DATABASE " + database + (this.dialect.mysqlFamily() ? " CHARACTER SET utf8mb4" : ""));
		return database;
	}

	private void close(ServerAddress server, String database) {
		if (this.dialect.mysqlFamily()) {
			administer(server, "DROP DATABASE " + database);
		}
		else if (PostgresRecycling.empty(server.dataSource(database))) {
			this.free.add(database);
		}
		else {
			administer(server, "DROP DATABASE " + database + " WITH (FORCE)");
		}
	}

	private synchronized ServerAddress server() {
		ServerAddress running = this.address;
		if (running == null) {
			try {
				running = this.launcher.start();
			}
			catch (IOException ex) {
				throw new IllegalStateException("The test database " + this.name + " could not be started.", ex);
			}
			this.address = running;
		}
		return running;
	}

	private static void administer(ServerAddress server, String sql) {
		try (Connection connection = server.dataSource(server.administrationDatabase()).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed: " + sql, ex);
		}
	}

}
