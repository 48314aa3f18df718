package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs through a pooler that hands out a session for each transaction, as PgBouncer does.
 */
class PoolerTests {

	private static final String FOUND = "table lease (a connection pooler stands between this process and the server)";

	private static final MigrationSettings SETTINGS = Migrations.settings()
		.withLockLimits(Duration.ofSeconds(30), Duration.ofMillis(100))
		.withBatchSize(2);

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL })
	@Timeout(120)
	void whenEachTransactionHasAnotherSessionThenALeaseIsUsed(TestDatabase database) throws Exception {
		fill(database);
		SwappingDataSource pooler = new SwappingDataSource(database.dataSource());
		assertThat(Migrations.failure(pooler, SETTINGS.withLockType(LockType.ADVISORY),
				MigrationErrorCode.INVALID_SETTING))
			.hasMessageContaining("a connection pooler stands between");
		migrateAtOnce(database, pooler);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	@Timeout(120)
	void whenPgBouncerHandsOutSessionsThenALeaseIsUsed(TestDatabase database, @TempDir Path directory)
			throws Exception {
		Path program = Path.of("/usr/sbin/pgbouncer");
		assumeThat(program).as("PgBouncer is installed (package pgbouncer)").isExecutable();
		fill(database);
		try (PgBouncer pooler = PgBouncer.start(program, directory, database)) {
			assertThat(Migrations.failure(pooler.dataSource(), SETTINGS.withLockType(LockType.ADVISORY),
					MigrationErrorCode.INVALID_SETTING))
				.hasMessageContaining("a connection pooler stands between");
			migrateAtOnce(database, pooler.dataSource());
		}
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 10; i++) {
			V0Rows.event(database, "e" + i);
		}
	}

	private static void migrateAtOnce(TestDatabase database, DataSource pooler) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			List<Future<MigrationReport>> starts = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				starts.add(threads.submit(() -> Migrations.migrator(pooler, SETTINGS).migrate()));
			}
			List<MigrationReport> reports = new ArrayList<>();
			for (Future<MigrationReport> start : starts) {
				reports.add(start.get(100, TimeUnit.SECONDS));
			}
			assertThat(reports).extracting(MigrationReport::outcome)
				.containsExactlyInAnyOrder(Outcome.MIGRATED, Outcome.UP_TO_DATE, Outcome.UP_TO_DATE);
			assertThat(reports).filteredOn((report) -> report.outcome() == Outcome.MIGRATED)
				.extracting(MigrationReport::lock)
				.containsExactly(FOUND);
		}
		finally {
			threads.shutdownNow();
		}
		Migrations.isAtHead(database, SETTINGS);
		assertThat(Sql.number(database, "SELECT count(*) FROM events")).isEqualTo(10);
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_run")).isEqualTo(1);
	}

	/** A PgBouncer of this test, which ends it. */
	private record PgBouncer(Process process, DataSource dataSource) implements AutoCloseable {

		private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/(\\w+)");

		static PgBouncer start(Path program, Path directory, TestDatabase database) throws Exception {
			Matcher server = ADDRESS.matcher(database.jdbcUrl());
			assertThat(server.find()).isTrue();
			int port = freePort();
			Path configuration = Files.writeString(directory.resolve("pgbouncer.ini"), """
					[databases]
					%s = host=%s port=%s user=%s
					[pgbouncer]
					listen_addr = 127.0.0.1
					listen_port = %d
					unix_socket_dir =
					auth_type = any
					pool_mode = transaction
					default_pool_size = 3
					ignore_startup_parameters = extra_float_digits
					""".formatted(server.group(3), server.group(1), server.group(2), database.username(), port));
			Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
			List<String> command = new ArrayList<>(List.of(program.toString(), configuration.toString()));
			if (System.getProperty("user.name").equals("root")) {
				command.addAll(1, List.of("-u", "nobody"));
			}
			Path log = directory.resolve("pgbouncer.log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			// PgBouncer 1.18 does not know statements that are prepared on the server.
			DataSource dataSource = new DriverManagerDataSource(
					"jdbc:postgresql://127.0.0.1:" + port + "/" + server.group(3) + "?prepareThreshold=0",
					database.username(), database.password());
			PgBouncer pooler = new PgBouncer(process, dataSource);
			long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
			while (true) {
				try (Connection connection = dataSource.getConnection()) {
					return pooler;
				}
				catch (SQLException ex) {
					if (!process.isAlive() || System.nanoTime() > deadline) {
						pooler.close();
						throw new IllegalStateException(Files.readString(log), ex);
					}
					Thread.sleep(50);
				}
			}
		}

		private static int freePort() throws IOException {
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}

	}

}
