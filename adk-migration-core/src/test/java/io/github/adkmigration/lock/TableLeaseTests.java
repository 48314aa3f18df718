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
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TableLeaseTests {

	@Test
	void whenAnotherHoldsTheLeaseThenTheFailureNamesIt() throws SQLException {
		DataSource dataSource = database();
		try (HeldLock held = lease(dataSource, "first").acquire()) {
			held.assertHeld();
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lease(dataSource, "second").acquire())
				.withMessageContaining("was held by first")
				.withMessageContaining("adk.migration.timeout");
		}
		lease(dataSource, "third").acquire().close();
	}

	@Test
	void whenThePoolHasNoSecondConnectionThenTheFailureSaysSo() throws SQLException {
		DataSource exhausted = new DelegatingDataSource(database()) {

			@Override
			public Connection getConnection() throws SQLException {
				throw new SQLTransientConnectionException("pool - Connection is not available");
			}

		};
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lease(exhausted, "first").acquire())
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_NOT_ACQUIRED))
			.withMessageContaining("two connections");
	}

	private static DataSource database() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		try (Connection connection = dataSource.getConnection()) {
			new RunRecorder(DatabaseDialect.H2, SessionTables.defaults()).createTables(connection);
		}
		return dataSource;
	}

	private static TableLease lease(DataSource dataSource, String owner) {
		return new TableLease(dataSource, DatabaseDialect.H2, SessionTables.defaults(), owner, Duration.ofSeconds(1),
				Duration.ofMillis(20));
	}

}
