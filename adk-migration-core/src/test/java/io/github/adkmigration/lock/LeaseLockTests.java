package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LeaseLockTests {

	@Test
	void whenAnotherHoldsTheLeaseThenTheFailureNamesIt() throws SQLException {
		DataSource dataSource = database();
		try (Connection first = dataSource.getConnection(); Connection second = dataSource.getConnection()) {
			try (HeldLock held = lock(dataSource, first, "first")) {
				held.assertHeld();
				assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lock(dataSource, second, "second"))
					.withMessageContaining("was held by first since ")
					.withMessageContaining("for longer than 1 s; it works on.")
					.withMessageContaining("adk.migration.timeout")
					.withMessageContaining("its lease ends by itself at ");
			}
			lock(dataSource, second, "third").close();
		}
	}

	@Test
	void whenAnotherTookTheLeaseThenNothingIsCommitted() throws SQLException {
		DataSource dataSource = database();
		try (Connection first = dataSource.getConnection(); Connection second = dataSource.getConnection()) {
			second.createStatement().execute("CREATE TABLE written (id INTEGER)");
			try (HeldLock held = lock(dataSource, first, "first")) {
				write(held.connection(), 1);
				second.createStatement().execute("UPDATE adk_migration_lock SET locked_by = 'second'");
				assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> write(held.connection(), 2))
					.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_LOST));
				first.rollback();
				first.setAutoCommit(true);
				assertThatExceptionOfType(MigrationException.class)
					.isThrownBy(() -> held.connection().createStatement().execute("INSERT INTO written VALUES (3)"));
				assertThatExceptionOfType(MigrationException.class).isThrownBy(
						() -> held.connection().prepareStatement("INSERT INTO written VALUES (4)").executeUpdate());
			}
			try (var rows = second.createStatement().executeQuery("SELECT id FROM written")) {
				assertThat(rows.next()).isTrue();
				assertThat(rows.getInt(1)).isEqualTo(1);
				assertThat(rows.next()).isFalse();
			}
		}
	}

	@Test
	void whenThePoolHasNoSecondConnectionThenTheFailureSaysSo() throws SQLException {
		DataSource dataSource = database();
		DataSource exhausted = new DelegatingDataSource(dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				throw new SQLTransientConnectionException("pool - Connection is not available");
			}

		};
		try (Connection connection = dataSource.getConnection()) {
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lock(exhausted, connection, "first"))
				.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_NOT_ACQUIRED))
				.withMessageContaining("two connections");
			lock(dataSource, connection, "second").close();
		}
	}

	private static void write(Connection connection, int id) throws SQLException {
		connection.setAutoCommit(false);
		connection.createStatement().execute("INSERT INTO written VALUES (" + id + ")");
		connection.commit();
		connection.setAutoCommit(true);
	}

	private static DataSource database() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		try (Connection connection = dataSource.getConnection()) {
			new RunRecorder(DatabaseDialect.H2, SessionTables.defaults()).createTables(connection);
		}
		return dataSource;
	}

	private static HeldLock lock(DataSource dataSource, Connection connection, String instance) throws SQLException {
		MigrationSettings settings = MigrationSettings.defaults()
			.withLockLimits(Duration.ofSeconds(1), Duration.ofMillis(20));
		return new MigrationLocks(dataSource, settings, null).of(connection, DatabaseDialect.H2, instance)
			.acquire(() -> "it works on");
	}

}
