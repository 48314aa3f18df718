package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.Map;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class PythonV0MigrationTests {

	@FixtureTest(families = LayoutFamily.PYTHON_V0, name = "(python|v0|mixed-v0).*")
	void everyRowIsAccountedForAndTheResultIsHead(Fixture fixture, TestDatabase database) throws SQLException {
		assumeThat(fixture.touched()).isFalse();
		MigrationSettings settings = MigrationSettings.defaults()
			.withLegacyClock(new LegacyClock(fixture.zone(), null, true))
			.withMaxQuarantined(0);
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).settings(settings).build();
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.rows().complete()).isTrue();
		assertThat(report.rows().read()).isEqualTo(fixture.eventRows().orElseThrow());
		Map<String, JsonNode> events = MigratedEvents.read(database);
		for (JsonNode session : fixture.readback().get("sessions")) {
			String prefix = session.get("app_name").asString() + "/" + session.get("user_id").asString() + "/"
					+ session.get("id").asString() + "/";
			for (JsonNode event : session.get("events")) {
				assertThat(events).containsKey(prefix + event.get("id").asString());
			}
		}
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.verify().successful()).isTrue();
	}

}
