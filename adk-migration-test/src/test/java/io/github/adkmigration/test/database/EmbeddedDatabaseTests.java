package io.github.adkmigration.test.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTests {

	private static final String SCHEMA_RIGHTS = "SELECT nspowner::regrole || ' ' || nspacl::text FROM pg_namespace "
			+ "WHERE nspname = 'public'";

	@Test
	void theOrdinaryRunCoversEveryDialectAndTheOldestAndNewestPostgres() {
		assertThat(TestDatabases.all()).extracting(DatabaseProvider::name)
			.contains("sqlite", "h2", "postgresql-14", "postgresql-18", "mariadb-11.4", "mysql-8.0");
		assertThat(TestDatabases.all()).extracting(DatabaseProvider::dialect).contains(DatabaseDialect.values());
	}

	@DatabaseTest
	void aNewDatabaseSpeaksItsDialectAndIsEmpty(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			assertThat(DatabaseDialect.of(connection)).isEqualTo(database.dialect());
			try (ResultSet tables = connection.getMetaData()
				.getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] { "TABLE" })) {
				assertThat(tables.next()).isFalse();
			}
		}
	}

	@DatabaseTest
	void databasesOfOneProductDoNotSeeEachOther(TestDatabase first) throws SQLException {
		execute(first, "CREATE TABLE sessions (id INT)");
		assertThat(count(first)).isZero();
		DatabaseProvider provider = TestDatabases.all()
			.stream()
			.filter((candidate) -> candidate.name().equals(first.name()))
			.findFirst()
			.orElseThrow();
		try (TestDatabase second = provider.newDatabase()) {
			assertThatThrownBy(() -> count(second)).isInstanceOf(SQLException.class);
		}
	}

	@DatabaseTest(requires = Capability.SESSION_TIME_ZONE)
	void theSessionHasAnotherTimeZoneThanTheJvm(TestDatabase database) throws SQLException {
		ZoneOffset own = ZoneId.systemDefault().getRules().getOffset(Instant.now());
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						database.dialect() == DatabaseDialect.MYSQL || database.dialect() == DatabaseDialect.MARIADB
								? "SELECT CAST(NOW() AS CHAR)" : "SELECT CAST(LOCALTIMESTAMP(0) AS VARCHAR(19))")) {
			row.next();
			LocalDateTime serverTime = LocalDateTime.parse(row.getString(1).replace(' ', 'T'));
			assertThat(ServerZone.offset()).isNotEqualTo(own);
			assertThat(Duration.between(Instant.now(), serverTime.toInstant(ServerZone.offset())).abs())
				.isLessThan(Duration.ofMinutes(2));
		}
	}

	@DatabaseTest(requires = Capability.ACCOUNTS)
	void theUserMayCreateOthers(TestDatabase database) throws SQLException {
		String user = "reader_" + Long.toString(System.nanoTime(), 36);
		execute(database,
				database.dialect() == DatabaseDialect.H2 ? "CREATE USER " + user + " PASSWORD 'x'"
						: database.dialect() == DatabaseDialect.POSTGRESQL ? "CREATE USER " + user + " PASSWORD 'x'"
								: "CREATE USER " + user + " IDENTIFIED BY 'x'");
		execute(database, "DROP USER " + user);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aDatabaseThatIsUsedAgainIsAsNew(TestDatabase database) throws SQLException {
		DatabaseProvider provider = TestDatabases.named(database.name());
		String rights = text(database, SCHEMA_RIGHTS);
		execute(database, "CREATE TABLE sessions (id INT)");
		execute(database, "CREATE SCHEMA other CREATE TABLE t (id INT)");
		execute(database, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = other', "
				+ "current_database()); END $$");
		String url = database.jdbcUrl();
		try (Connection open = database.connection()) {
			database.close();
			assertThat(open.isValid(5)).isFalse();
		}
		// Those of other tests may wait to be used again before it.
		List<TestDatabase> others = new ArrayList<>();
		TestDatabase next = provider.newDatabase();
		while (!next.jdbcUrl().equals(url)) {
			others.add(next);
			assertThat(others).hasSizeLessThan(50);
			next = provider.newDatabase();
		}
		assertThat(text(next, "SHOW search_path")).isEqualTo("\"$user\", public");
		assertThat(text(next, SCHEMA_RIGHTS)).isEqualTo(rights);
		assertThat(text(next, "SELECT count(*) FROM pg_namespace WHERE nspname = 'other'")).isEqualTo("0");
		TestDatabase again = next;
		assertThatThrownBy(() -> count(again)).isInstanceOf(SQLException.class);
		again.close();
		others.forEach(TestDatabase::close);
	}

	@DatabaseTest(requires = Capability.SERVER)
	void serversListenOnTheLoopbackAddressOnly(TestDatabase database) {
		assertThat(database.jdbcUrl()).contains("//127.0.0.1:");
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int count(TestDatabase database) throws SQLException {
		return Integer.parseInt(text(database, "SELECT COUNT(*) FROM sessions"));
	}

	private static String text(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
