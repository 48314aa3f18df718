package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.autoconfigure.metrics.SchemaMetrics;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.TargetStates;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose tables lack nothing but the index of a large table starts, and
 * tells of the index wherever an operator looks.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeferredIndexStartTests {

	private static final String INDEX = "idx_events_app_user_session_ts_id";

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void theApplicationStartsWhetherItMayMigrateOrNot(TestDatabase database, CapturedOutput output) {
		Fixtures.named("python-1.27.5." + database.dialect().id()).load(database);
		for (String mode : List.of("adk.migration.on-pending=fail", "adk.migration.on-pending=wait",
				"adk.auto-migrate=true")) {
			int before = output.getOut().length();
			large(database).withPropertyValues(mode).run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SchemaGate.class).waiting()).isEmpty();
				assertThat(output.getOut().substring(before)).contains(" WARN ", "The index " + INDEX + " is deferred",
						"--adk.migration.job=upgrade", "CREATE INDEX ");
				isDeferred(context.getBean(AdkMigrationEndpoint.class).adkMigration());
				Health health = context.getBean(AdkMigrationHealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails().get("deferred")).asString().contains("CREATE INDEX ", INDEX);
				SimpleMeterRegistry meters = new SimpleMeterRegistry();
				new SchemaMetrics(context.getBean(AdkMigrator.class)::status, Clock.systemUTC(),
						() -> TargetStates.NONE)
					.bindTo(meters);
				assertThat(meters.get("adk.migration.deferred").gauge().value()).isEqualTo(1);
				assertThat(meters.get("adk.migration.lag").gauge().value()).isZero();
			});
		}
		assertThat(indexes(database)).isZero();
		// The same without a limit is refused: it is the limit that lets the application
		// start.
		StartedApplication.on(database)
			.withPropertyValues("adk.migration.defer-indexes-above=-1")
			.run((context) -> assertThat(context).hasFailed());
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void theEndpointBuildsWhatAStartHasLeft(TestDatabase database) {
		Fixtures.named("python-1.27.5.sqlite").load(database);
		large(database).run((context) -> {
			AdkMigrationEndpoint endpoint = context.getBean(AdkMigrationEndpoint.class);
			endpoint.operate("migrate");
			long end = System.nanoTime() + 30_000_000_000L;
			while (System.nanoTime() < end && indexes(database) == 0) {
				Thread.sleep(20);
			}
			assertThat(indexes(database)).isEqualTo(1);
		});
	}

	private static void isDeferred(AdkMigrationDescriptor state) {
		assertThat(state.compatibility()).isEqualTo(Compatibility.DEFERRED);
		assertThat(state.pending()).isEmpty();
		assertThat(state.deferred()).singleElement()
			.satisfies((change) -> assertThat(change.sql()).contains("CREATE INDEX ", INDEX));
	}

	private static ApplicationContextRunner large(TestDatabase database) {
		return StartedApplication.on(database)
			.withPropertyValues("adk.migration.defer-indexes-above=0",
					"management.endpoints.web.exposure.include=adkmigration");
	}

	private static int indexes(TestDatabase database) {
		String query = database.dialect() == DatabaseDialect.SQLITE
				? "SELECT count(*) FROM sqlite_schema WHERE name = '" + INDEX + "'"
				: "SELECT count(*) FROM pg_indexes WHERE indexname = '" + INDEX + "'";
		Integer found = new JdbcTemplate(database.dataSource()).queryForObject(query, Integer.class);
		return (found != null) ? found : 0;
	}

}
