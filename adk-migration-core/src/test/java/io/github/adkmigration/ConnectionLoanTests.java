package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnectionLoanTests {

	private SingleConnectionDataSource pool;

	private Connection pooled;

	@BeforeEach
	void openPool() throws SQLException {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
		this.pooled = h2.getConnection();
		this.pool = new SingleConnectionDataSource(this.pooled, true);
	}

	@AfterEach
	void closePool() throws SQLException {
		this.pooled.close();
	}

	@Test
	void whenThePoolLendsWithoutAutoCommitThenTheConnectionGoesBackSo() throws SQLException {
		this.pooled.setAutoCommit(false);
		boolean during = new ConnectionLoan(this.pool).use("testing", Connection::getAutoCommit);
		assertThat(during).isTrue();
		assertThat(this.pooled.getAutoCommit()).isFalse();
	}

	@Test
	void whenTheWorkFailsThenTheConnectionGoesBackAsItCame() throws SQLException {
		this.pooled.setAutoCommit(false);
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> new ConnectionLoan(this.pool).use("testing", (connection) -> {
				throw new SQLException("broken");
			}))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.FAILED))
			.withMessageContaining("while testing");
		assertThat(this.pooled.getAutoCommit()).isFalse();
	}

}
