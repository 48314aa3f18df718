package io.github.adkmigration.catalog;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class CatalogReaderTests {

	private static final String SQLITE = "jdbc:sqlite::memory:";

	private static final String H2 = "jdbc:h2:mem:";

	private static final String SESSIONS = "CREATE TABLE sessions (app_name VARCHAR(128) NOT NULL, "
			+ "id VARCHAR(128) NOT NULL, PRIMARY KEY (app_name, id))";

	private static final String EVENTS = "CREATE TABLE events (id VARCHAR(128) NOT NULL, app_name VARCHAR(128), "
			+ "session_id VARCHAR(128), PRIMARY KEY (id), FOREIGN KEY (app_name, session_id) "
			+ "REFERENCES sessions (app_name, id) ON DELETE CASCADE)";

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void columnsKeysAndIndexesComeInTheirOrder(String url) throws SQLException {
		try (Connection connection = open(url, SESSIONS, EVENTS,
				"CREATE UNIQUE INDEX idx_a ON events (session_id, id DESC)")) {
			Catalog.Table events = read(connection).table("EVENTS").orElseThrow();
			assertThat(events.columns())
				.extracting(Catalog.Column::name, Catalog.Column::type, Catalog.Column::nullable)
				.containsExactly(row("id", false), row("app_name", true), row("session_id", true));
			assertThat(events.primaryKey()).containsExactly("id");
			assertThat(events.foreignKeys()).singleElement().satisfies((key) -> {
				assertThat(key.columns()).containsExactly("app_name", "session_id");
				assertThat(key.referencedTable()).isEqualTo("sessions");
				assertThat(key.referencedColumns()).containsExactly("app_name", "id");
				assertThat(key.deleteRule()).isEqualTo("CASCADE");
			});
			assertThat(events.index("idx_a"))
				.contains(new Catalog.Index("idx_a", List.of("session_id", "id desc"), true, true));
		}
	}

	private static Tuple row(String name, boolean nullable) {
		return tuple(name, "varchar(128)", nullable);
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void thePrimaryKeyKeepsItsOwnOrder(String url) throws SQLException {
		try (Connection connection = open(url,
				"CREATE TABLE sessions (a INT NOT NULL, b INT NOT NULL, c INT, PRIMARY KEY (b, a))")) {
			assertThat(read(connection).table("sessions").orElseThrow().primaryKey()).containsExactly("b", "a");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void aDefinitionCanBeRepeatedInAStatement(String url) throws SQLException {
		try (Connection connection = open(url,
				"CREATE TABLE sessions (id INT, note VARCHAR(20) DEFAULT 'it''s', n INT DEFAULT 3)")) {
			Catalog.Table sessions = read(connection).table("sessions").orElseThrow();
			try (Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE events (id INT, note " + sessions.columns().get(1).definition() + ", n "
						+ sessions.columns().get(2).definition() + ")");
			}
			Catalog.Table copy = read(connection).table("events").orElseThrow();
			assertThat(copy.columns()).isEqualTo(sessions.columns());
			assertThat(copy.columns().get(1).definition()).contains("'it''s'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void aViewIsNoTable(String url) throws SQLException {
		try (Connection connection = open(url, "CREATE VIEW sessions AS SELECT 1 AS id")) {
			Catalog catalog = read(connection);
			assertThat(catalog.tables()).isEmpty();
			assertThat(catalog.nonTables()).isEqualTo(Map.of("sessions", "view"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";DATABASE_TO_LOWER=TRUE", ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
			";DATABASE_TO_UPPER=FALSE" })
	void whateverCaseH2StoresTheTablesAreFoundAndReached(String settings) throws SQLException {
		try (Connection connection = open(H2 + settings, SESSIONS)) {
			assertThat(read(connection).tables()).containsOnlyKeys("sessions");
			try (Statement statement = connection.createStatement()) {
				assertThat(statement
					.executeQuery("SELECT count(*) FROM "
							+ SessionTables.defaults().sql(SessionTable.SESSIONS, DatabaseDialect.H2))
					.next()).isTrue();
			}
		}
	}

	@Test
	void aTableOfAnotherSchemaIsNotFound() throws SQLException {
		try (Connection connection = open(H2, "CREATE SCHEMA TENANT_B",
				SESSIONS.replace("sessions", "TENANT_B.sessions"))) {
			assertThat(CatalogReader.read(connection, DatabaseDialect.H2, SessionTables.defaults().inSchema("TENANT_B"))
				.tables()).containsOnlyKeys("sessions");
			assertThat(read(connection).tables()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void customNamesReplaceTheDefaults(String url) throws SQLException {
		try (Connection connection = open(url, SESSIONS, SESSIONS.replace("sessions", "crm_sessions"))) {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			assertThat(CatalogReader.read(connection, dialect, SessionTables.withPrefix("crm_")).tables())
				.containsOnlyKeys("crm_sessions");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void anEmptyDatabaseTakesOneStatementForItsTables(String url) throws SQLException {
		try (Connection connection = open(url)) {
			AtomicInteger statements = new AtomicInteger();
			Catalog catalog = CatalogReader.read(counting(connection, statements), DatabaseDialect.of(connection),
					SessionTables.defaults());
			assertThat(catalog.tables()).isEmpty();
			assertThat(statements).hasValueLessThanOrEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { SQLITE, H2 })
	void fiveStatementsReadEverything(String url) throws SQLException {
		try (Connection connection = open(url, SESSIONS, EVENTS)) {
			AtomicInteger statements = new AtomicInteger();
			Catalog catalog = CatalogReader.read(counting(connection, statements), DatabaseDialect.of(connection),
					SessionTables.defaults());
			assertThat(catalog.tables()).hasSize(2);
			assertThat(statements).hasValueLessThanOrEqualTo(5);
		}
	}

	@Test
	void sqlitesUnnamedForeignKeyToThePrimaryKeyHasNoColumns() throws SQLException {
		try (Connection connection = open(SQLITE, SESSIONS,
				"CREATE TABLE events (id INT, app_name TEXT, session_id TEXT, "
						+ "FOREIGN KEY (app_name, session_id) REFERENCES sessions)")) {
			Optional<Catalog.Table> events = read(connection).table("events");
			assertThat(events.orElseThrow().foreignKeys()).singleElement().satisfies((key) -> {
				assertThat(key.name()).isEmpty();
				assertThat(key.columns()).containsExactly("app_name", "session_id");
				assertThat(key.referencedColumns()).isEmpty();
				assertThat(key.deleteRule()).isEqualTo("NO ACTION");
			});
		}
	}

	private static Connection open(String url, String... statements) throws SQLException {
		Connection connection = DriverManager.getConnection(url);
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		return connection;
	}

	private static Catalog read(Connection connection) throws SQLException {
		return CatalogReader.read(connection, DatabaseDialect.of(connection), SessionTables.defaults());
	}

	private static Connection counting(Connection connection, AtomicInteger statements) {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getReturnType().isAssignableFrom(PreparedStatement.class)
							&& Statement.class.isAssignableFrom(method.getReturnType())) {
						statements.incrementAndGet();
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
