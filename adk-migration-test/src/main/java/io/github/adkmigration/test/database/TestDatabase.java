package io.github.adkmigration.test.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * One database of its own for one test; closing drops it.
 *
 * @since 0.1.0
 */
public final class TestDatabase implements AutoCloseable {

	private final DatabaseProvider provider;

	private final String jdbcUrl;

	private final String username;

	private final String password;

	private final DataSource dataSource;

	private final @Nullable Path file;

	private final Runnable drop;

	private final AtomicBoolean closed = new AtomicBoolean();

	TestDatabase(DatabaseProvider provider, FreshConnectionDataSource dataSource, @Nullable Path file, Runnable drop) {
		this.provider = provider;
		this.jdbcUrl = dataSource.url();
		this.username = dataSource.username();
		this.password = dataSource.password();
		this.dataSource = dataSource;
		this.file = file;
		this.drop = drop;
	}

	/**
	 * Return the name of the product.
	 * @return for example {@code sqlite} or {@code postgresql-14}
	 */
	public String name() {
		return this.provider.name();
	}

	/**
	 * Return the dialect.
	 * @return the dialect
	 */
	public DatabaseDialect dialect() {
		return this.provider.dialect();
	}

	/**
	 * Return what this database can do.
	 * @return an unmodifiable set
	 */
	public Set<Capability> capabilities() {
		return this.provider.capabilities();
	}

	/**
	 * Return whether this database can do something.
	 * @param capability what to ask for
	 * @return whether it can
	 */
	public boolean can(Capability capability) {
		return capabilities().contains(capability);
	}

	/**
	 * Return the JDBC URL, without credentials.
	 * @return a URL
	 */
	public String jdbcUrl() {
		return this.jdbcUrl;
	}

	/**
	 * Return the user, who may do everything.
	 * @return a name, empty where the product has no users
	 */
	public String username() {
		return this.username;
	}

	/**
	 * Return the password of the user.
	 * @return a password, empty where none is needed
	 */
	public String password() {
		return this.password;
	}

	/**
	 * Return the file that is the database.
	 * @return the path, which need not exist yet, or empty unless this is SQLite
	 */
	public Optional<Path> file() {
		return Optional.ofNullable(this.file);
	}

	/**
	 * Return a data source that opens a new physical connection each time. On servers the
	 * session's time zone is the server's, which differs from the JVM's.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Open a connection.
	 * @return a new connection, to be closed by the caller
	 * @throws SQLException if the database does not answer
	 */
	public Connection connection() throws SQLException {
		return this.dataSource.getConnection();
	}

	/**
	 * Drop everything in the database, also while connections are open. It must not be
	 * used afterwards: another test may get it.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.drop.run();
		}
	}

	@Override
	public String toString() {
		return name();
	}

}
