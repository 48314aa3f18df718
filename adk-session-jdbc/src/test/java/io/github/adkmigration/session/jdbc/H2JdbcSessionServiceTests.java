package io.github.adkmigration.session.jdbc;

import java.util.UUID;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2JdbcSessionServiceTests extends JdbcSessionServiceContract {

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");

	@Override
	DataSource dataSource() {
		return this.dataSource;
	}

	@Override
	DatabaseDialect dialect() {
		return DatabaseDialect.H2;
	}

}
