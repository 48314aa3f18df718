package io.github.adkmigration.session.jdbc;

import java.nio.file.Path;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SqliteJdbcSessionServiceTests extends JdbcSessionServiceContract {

	@TempDir
	private Path directory;

	@Override
	DataSource dataSource() {
		return new DriverManagerDataSource(
				"jdbc:sqlite:" + this.directory.resolve("sessions.db") + "?busy_timeout=20000");
	}

	@Override
	DatabaseDialect dialect() {
		return DatabaseDialect.SQLITE;
	}

}
