package io.github.adkmigration.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A start with nothing pending is nearly free.
 */
class NothingPendingTests {

	@DatabaseTest(requires = Capability.SERVER)
	void theCheckCostsOneRoundTrip(TestDatabase database) throws Exception {
		AdkMigrator.create(database.dataSource()).build().migrate();
		assertThat(roundTrips(database, "adk.auto-migrate=false")).isEqualTo(1);
	}

	@DatabaseTest(requires = Capability.SERVER)
	void aStartThatMayMigrateCostsOneRoundTripToo(TestDatabase database) throws Exception {
		assertThat(roundTrips(database, "adk.auto-migrate=true")).isGreaterThan(10);
		assertThat(roundTrips(database, "adk.auto-migrate=true")).isEqualTo(1);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void twentyReplicasCostOneRoundTripEachAndAThousandProbesOneMore(TestDatabase database) throws Exception {
		AdkMigrator.create(database.dataSource()).build().migrate();
		try (RoundTripCounter counter = new RoundTripCounter(database.jdbcUrl());
				Connection connection = DriverManager.getConnection(counter.url(), database.username(),
						database.password())) {
			SingleConnectionDataSource dataSource = new SingleConnectionDataSource(connection, true);
			ApplicationContextRunner replica = StartedApplication.withoutDatabase()
				// Whose connection no application closes at its end.
				.withBean(DataSource.class, () -> new DelegatingDataSource(dataSource))
				.withPropertyValues("adk.auto-migrate=true", "adk.migration.status-max-age=1h");
			int before = counter.count();
			for (int i = 0; i < 20; i++) {
				replica.run((context) -> assertThat(context).hasNotFailed());
			}
			assertThat(counter.count() - before).isEqualTo(20);
			replica.run((context) -> {
				AdkMigrationHealthIndicator health = context.getBean(AdkMigrationHealthIndicator.class);
				int started = counter.count();
				for (int i = 0; i < 1000; i++) {
					assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.UP);
				}
				assertThat(counter.count() - started).isEqualTo(1);
			});
		}
	}

	@Test
	void noClassOfLiquibaseIsLoaded() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			assertThat(loadedClasses(database, Outcome.CREATED)).anyMatch((name) -> name.startsWith("liquibase."));
			List<String> loaded = loadedClasses(database, Outcome.UP_TO_DATE);
			assertThat(loaded).noneMatch((name) -> name.startsWith("liquibase."));
			// What is read beforehand is needed afterwards.
			assertThat(StartClassesPreinitializer.names()).isSorted()
				.hasSizeGreaterThan(100)
				.allMatch(Set.copyOf(loaded)::contains);
		}
	}

	private static int roundTrips(TestDatabase database, String property) throws Exception {
		try (RoundTripCounter counter = new RoundTripCounter(database.jdbcUrl());
				Connection connection = DriverManager.getConnection(counter.url(), database.username(),
						database.password())) {
			SingleConnectionDataSource dataSource = new SingleConnectionDataSource(connection, true);
			int before = counter.count();
			AtomicInteger after = new AtomicInteger();
			StartedApplication.withoutDatabase()
				.withBean(DataSource.class, () -> dataSource)
				.withPropertyValues(property)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					after.set(counter.count());
				});
			return after.get() - before;
		}
	}

	private static List<String> loadedClasses(TestDatabase database, Outcome expected) throws Exception {
		// The application of a user has this library, but not Spring Boot's own Liquibase
		// module, whose conditions load classes of Liquibase.
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("spring-boot-liquibase") && !entry.contains("spring-boot-flyway"))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(
				List.of("-verbose:class", "-XX:TieredStopAtLevel=1", "-Dspring.backgroundpreinitializer.ignore=true",
						"-cp", classPath, Started.class.getName(), database.jdbcUrl()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		List<String> output;
		try (InputStream in = process.getInputStream()) {
			output = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		assertThat(process.waitFor()).as(() -> String.join("\n", output)).isZero();
		assertThat(output).contains("OUTCOME " + expected);
		Pattern line = Pattern.compile("\\[class,load] (\\S+) source: .*");
		return output.stream().map(line::matcher).filter(Matcher::find).map((found) -> found.group(1)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Started {

		public static void main(String[] args) throws IOException {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Started.class)
				.web(WebApplicationType.NONE)
				.properties("spring.datasource.url=" + args[0], "adk.auto-migrate=true")
				.run()) {
				System.out.println("OUTCOME "
						+ context.getBean(MigrationReportStore.class).last().map((report) -> report.outcome()).get());
			}
		}

	}

}
