package io.github.adkmigration.test.migration;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	private static final String SECRET = "s3cr3t-w0rd";

	@DatabaseTest(requires = { Capability.SERVER, Capability.ACCOUNTS })
	void aUserThatMayOnlyReadIsToldWhichRightIsMissing(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		String user = "reader_" + database.name().replaceAll("[^a-z0-9]", "_");
		createReader(database, user);
		try {
			Contents before = Contents.of(database);
			MigrationException failure = Migrations.failure(
					new DriverManagerDataSource(database.jdbcUrl(), user, SECRET), Migrations.settings(),
					MigrationErrorCode.MISSING_RIGHTS);
			assertThat(failure.action()).contains("Grant").contains("adk.migration.user");
			assertThat(failure.getMessage()).doesNotContain(SECRET);
			assertThat(Contents.of(database)).isEqualTo(before);
		}
		finally {
			dropReader(database, user);
		}
	}

	private static void createReader(TestDatabase database, String user) throws SQLException {
		if (database.dialect().mysqlFamily()) {
			Sql.execute(database, "CREATE USER " + user + " IDENTIFIED BY '" + SECRET + "'",
					"GRANT SELECT ON " + Sql.text(database, "SELECT database()") + ".* TO " + user);
		}
		else {
			Sql.execute(database, "CREATE ROLE " + user + " LOGIN PASSWORD '" + SECRET + "'",
					"REVOKE CREATE ON SCHEMA public FROM PUBLIC",
					"GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + user);
		}
	}

	private static void dropReader(TestDatabase database, String user) throws SQLException {
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			Sql.execute(database, "DROP OWNED BY " + user);
		}
		Sql.execute(database, "DROP USER " + user);
	}

	@DatabaseTest(requires = { Capability.SERVER, Capability.ACCOUNTS })
	void aWrongPasswordIsNamedWithoutIt(TestDatabase database) throws SQLException {
		String user = "locked_" + database.name().replaceAll("[^a-z0-9]", "_");
		// The embedded PostgreSQL trusts everybody who comes from this host.
		String wrong = database.dialect() == DatabaseDialect.POSTGRESQL ? user : database.username();
		MigrationException failure = Migrations.failure(new DriverManagerDataSource(database.jdbcUrl(), wrong, SECRET),
				Migrations.settings(), MigrationErrorCode.DATABASE_UNREACHABLE);
		assertThat(failure.action()).contains("password");
		assertThat(failure.getMessage()).doesNotContain(SECRET);
	}

	@DatabaseTest(requires = Capability.SERVER)
	void aDatabaseThatDoesNotAnswerIsNamedWithoutThePassword(TestDatabase database) {
		String url = database.jdbcUrl().replaceFirst(":\\d+/", ":1/");
		MigrationException failure = Migrations.failure(new DriverManagerDataSource(url, "someone", SECRET),
				Migrations.settings(), MigrationErrorCode.DATABASE_UNREACHABLE);
		assertThat(failure.action()).contains("host");
		assertThat(failure.getMessage()).doesNotContain(SECRET).doesNotContain("jdbc:");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aFileThatCannotBeWrittenStaysAsItIs(TestDatabase database) throws Exception {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Path file = database.file().orElseThrow();
		byte[] before = Files.readAllBytes(file);
		MigrationException failure = Migrations.failure(
				new DriverManagerDataSource("jdbc:sqlite:file:" + file + "?mode=ro"), Migrations.settings(),
				MigrationErrorCode.MISSING_RIGHTS);
		assertThat(failure.description()).containsIgnoringCase("readonly");
		assertThat(Files.readAllBytes(file)).isEqualTo(before);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void anUnknownProductIsNamedAndNotTouched(TestDatabase database) throws Exception {
		V0Rows.create(database);
		byte[] before = Files.readAllBytes(database.file().orElseThrow());
		MigrationException failure = Migrations.failure(oracle(database.dataSource()), Migrations.settings(),
				MigrationErrorCode.UNSUPPORTED_DATABASE);
		assertThat(failure.description()).contains("Oracle");
		assertThat(failure.action()).contains("PostgreSQL").contains("SQLite");
		assertThat(Files.readAllBytes(database.file().orElseThrow())).isEqualTo(before);
	}

	private static DataSource oracle(DataSource target) {
		return proxy(DataSource.class, target, "getConnection", () -> {
			Connection connection = target.getConnection();
			DatabaseMetaData metaData = connection.getMetaData();
			return proxy(Connection.class, connection, "getMetaData",
					() -> proxy(DatabaseMetaData.class, metaData, "getDatabaseProductName", () -> "Oracle"));
		});
	}

	private static <T> T proxy(Class<T> type, T target, String replaced, Answer answer) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method,
				arguments) -> method.getName().equals(replaced) ? answer.get() : method.invoke(target, arguments)));
	}

	/** What a replaced method returns. */
	@FunctionalInterface
	private interface Answer {

		Object get() throws SQLException;

	}

}
