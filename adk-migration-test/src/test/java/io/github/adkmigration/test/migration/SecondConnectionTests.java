package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Reading ahead takes a second connection where there is one, and only there.
 */
class SecondConnectionTests {

	private static final MigrationSettings SETTINGS = Migrations.settings().withBatchSize(7).withMaxQuarantined(1);

	static Stream<DatabaseProvider> databases() {
		return Stream
			.of(DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL)
			.map(TestDatabases::embedded);
	}

	static Stream<DatabaseProvider> servers() {
		return databases().filter((provider) -> provider.dialect() != DatabaseDialect.SQLITE);
	}

	@ParameterizedTest
	@MethodSource("databases")
	void aPoolOfOneConnectionGivesTheSameResultAsAnyOther(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase many = provider.newDatabase();
				TestDatabase one = provider.newDatabase();
				TestDatabase always = provider.newDatabase()) {
			fill(many);
			fill(one);
			fill(always);
			Set<String> readers = ConcurrentHashMap.newKeySet();
			Migrations
				.migrator(new InterceptedDataSource(many.dataSource(), (sql) -> noteReader(sql, readers)), SETTINGS)
				.migrate();
			assertThat(readers).as("threads that read events").contains("adk-migration-read");

			readers.clear();
			try (HikariDataSource pool = new HikariDataSource()) {
				pool.setDataSource(one.dataSource());
				pool.setMaximumPoolSize(1);
				Migrations.migrator(new InterceptedDataSource(pool, (sql) -> noteReader(sql, readers)), SETTINGS)
					.migrate();
				assertThat(readers).isNotEmpty().doesNotContain("adk-migration-read");
				await().untilAsserted(
						() -> assertThat(pool.getHikariPoolMXBean().getActiveConnections()).as("not given back")
							.isZero());
			}

			readers.clear();
			try (Connection connection = always.connection()) {
				Migrations
					.migrator(new InterceptedDataSource(new SingleConnectionDataSource(connection, true),
							(sql) -> noteReader(sql, readers)), SETTINGS)
					.migrate();
			}
			assertThat(readers).isNotEmpty().doesNotContain("adk-migration-read");

			assertThat(events(one)).isEqualTo(events(many)).isEqualTo(events(always)).hasSize(60);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aTableLeaseKeepsTheOtherConnectionsOfThePoolForItself(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase session = provider.newDatabase(); TestDatabase lease = provider.newDatabase()) {
			fill(session);
			fill(lease);
			assertThat(threadsThatConnect(session, LockType.ADVISORY)).contains("adk-migration-connect");
			assertThat(threadsThatConnect(lease, LockType.TABLE)).isNotEmpty().doesNotContain("adk-migration-connect");
			assertThat(events(lease)).isEqualTo(events(session)).hasSize(60);
		}
	}

	private static Set<String> threadsThatConnect(TestDatabase database, LockType type) {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		Migrations.migrator(new DelegatingDataSource(database.dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				threads.add(Thread.currentThread().getName());
				return super.getConnection();
			}

		}, SETTINGS.withLockType(type)).migrate();
		return threads;
	}

	private static void noteReader(String sql, Set<String> readers) {
		if (sql.startsWith("SELECT e.id") && sql.contains("invocation_id")) {
			readers.add(Thread.currentThread().getName());
		}
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 60; i++) {
			V0Rows.event(database, "e" + i);
		}
		V0Rows.event(database, "bad", "s", new byte[] { 1 }, "{}");
	}

	private static List<String> events(TestDatabase database) throws SQLException {
		Map<String, List<String>> tables = Contents.ofSessionTables(database)
			.tables()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().endsWith(".events"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		assertThat(tables).hasSize(1);
		return tables.values().iterator().next().stream().filter((line) -> line.startsWith("row ")).sorted().toList();
	}

}
