package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Lets a run die before each of its writes in turn: everything after it fails too, as
 * when the process is gone. The next run has to bring about what an undisturbed one does.
 */
class CrashTests {

	/**
	 * To die before a query or a commit is to die before the next write. What Liquibase
	 * writes about itself decides nothing.
	 */
	private static final Pattern WRITE = Pattern
		.compile("(?is)(?!.*migration_changelog)(insert|update|delete|create|alter|drop|rename|lock|unlock).*");

	private static final MigrationSettings SETTINGS = Migrations.settings().withBatchSize(2).withMaxQuarantined(1);

	/** One of each dialect: what differs between versions does not matter here. */
	static Stream<DatabaseProvider> databases() {
		return Stream
			.of(DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL)
			.map(TestDatabases::embedded);
	}

	@ParameterizedTest
	@MethodSource("databases")
	void aRunCompletesWhatAnEarlierOneLeftWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		Map<String, List<String>> undisturbed;
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			Migrations.migrateToHead(database, SETTINGS);
			undisturbed = result(database);
		}
		int statements = Integer.MAX_VALUE;
		int died = 0;
		while (died < statements) {
			died++;
			try (TestDatabase database = provider.newDatabase()) {
				fill(database);
				AtomicInteger seen = new AtomicInteger();
				int last = died;
				InterceptedDataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
					boolean counts = WRITE.matcher(sql).matches();
					if (seen.get() >= last || (counts && seen.incrementAndGet() >= last)) {
						throw new SQLException("The process is gone at: " + sql, "08006");
					}
				});
				try {
					Migrations.migrator(dying, SETTINGS).migrate();
					statements = died;
				}
				catch (MigrationException ex) {
					assertThat(ex).hasStackTraceContaining("The process is gone");
				}
				if (database.dialect() != DatabaseDialect.SQLITE) {
					// A lease of a dead process ends by itself, later than a test can
					// wait.
					releaseLease(database);
				}
				try {
					Migrations.migrate(database, SETTINGS);
					Migrations.isAtHead(database, SETTINGS);
				}
				catch (RuntimeException ex) {
					throw new AssertionError("After a crash before statement " + died, ex);
				}
				Map<String, List<String>> result = result(database);
				assertThat(result.keySet()).as("tables after a crash before statement " + died)
					.isEqualTo(undisturbed.keySet());
				for (String table : result.keySet()) {
					assertThat(result.get(table)).as(table + " after a crash before statement " + died)
						.containsExactlyElementsOf(undisturbed.getOrDefault(table, List.of()));
				}
			}
		}
		assertThat(statements).isGreaterThan(20);
	}

	private static void releaseLease(TestDatabase database) throws SQLException {
		boolean exists = Sql.number(database,
				"SELECT count(*) FROM information_schema.tables WHERE table_name = 'adk_migration_lock' AND table_schema = "
						+ (database.dialect().mysqlFamily() ? "database()" : "current_schema()")) == 1;
		if (exists) {
			Sql.execute(database, "DELETE FROM adk_migration_lock");
		}
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 3; i++) {
			V0Rows.event(database, "e" + i);
		}
		V0Rows.event(database, "bad", "s", new byte[] { 1 }, "{}");
	}

	private static Map<String, List<String>> result(TestDatabase database) throws SQLException {
		Map<String, List<String>> tables = Contents.of(database)
			.tables()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().matches(".*adk_migration_(run|step|lock|changelog.*|checkpoint)$"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		// Rows that were made now have the time of now.
		tables.replaceAll((name, lines) -> name.matches(".*(app|user)_states$")
				? lines.stream().map((line) -> line.replaceAll("^(row .*?)\\d{4}-.*", "$1now")).toList() : lines);
		return tables;
	}

}
