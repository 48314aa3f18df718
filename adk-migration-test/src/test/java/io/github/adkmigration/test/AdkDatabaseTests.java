package io.github.adkmigration.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.corpus.Corpus;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdkDatabaseTests {

	@Test
	@AdkDatabase(layout = "python-1.17.0", sessions = 2, eventsPerSession = 5)
	void aLayoutIsCreatedAndFilled(DataSource dataSource, Corpus corpus) throws SQLException {
		assertThat(events(dataSource)).isEqualTo(10).isEqualTo(corpus.events());
	}

	@Test
	@AdkDatabase(layout = "python-1.11.0", dialect = DatabaseDialect.MYSQL)
	void aLayoutIsCreatedOnAServer(TestDatabase database, DataSource dataSource) throws SQLException {
		assertThat(database.dialect()).isEqualTo(DatabaseDialect.MYSQL);
		assertThat(events(dataSource)).isEqualTo(36);
	}

	@Test
	@AdkDatabase(fixture = "python-1.16.0.postgresql", dialect = DatabaseDialect.POSTGRESQL)
	void aFixtureIsRestored(DataSource dataSource, Fixture fixture) throws SQLException {
		assertThat(events(dataSource)).isEqualTo(fixture.eventRows().orElseThrow());
	}

	private static int events(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM events")) {
			row.next();
			return row.getInt(1);
		}
	}

}
