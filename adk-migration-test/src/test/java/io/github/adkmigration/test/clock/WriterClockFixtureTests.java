package io.github.adkmigration.test.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.LocalZone;
import io.github.adkmigration.clock.OverlapReader;
import io.github.adkmigration.clock.OverlapResolution;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.clock.WriterClockDecision;
import io.github.adkmigration.clock.WriterClockEvidence;
import io.github.adkmigration.clock.WriterClockReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import tools.jackson.databind.JsonNode;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class WriterClockFixtureTests {

	/** Event times of the other fixtures are scripted, so their rows prove nothing. */
	private static final Set<String> PROVEN = Set.of("adk-python-1.15-sample", "python-1.21.0.sqlite",
			"v0-1.21.0-long.sqlite");

	private static final String SECOND_CLOCK = "mixed-v0-1.21.0-then-2.13.0.sqlite";

	private static final long HOUR = 3_600_000_000L;

	private static final Instant FIRST_PASS = Instant.parse("2025-11-02T05:30:00.123456Z");

	private static final Instant SECOND_PASS = Instant.parse("2025-11-02T06:30:00.123456Z");

	@FixtureTest(families = LayoutFamily.PYTHON_V0)
	void theRowsNeverSpeakAgainstTheZoneOfTheirWriter(Fixture fixture, TestDatabase database) throws SQLException {
		assumeThat(fixture.touched()).isFalse();
		WriterClockEvidence evidence = evidence(database);
		WriterClock clock = WriterClockDecision.decide(evidence, null, null, false);
		assertThat(clock instanceof WriterClock.Proven).isEqualTo(PROVEN.contains(fixture.name()));
		LocalZone truth = LocalZone.of(fixture.zone());
		clock.zone()
			.ifPresent((zone) -> assertThat(LongStream.of(evidence.eventHours()))
				.allMatch((hour) -> zone.epochMicros(hour * HOUR, false) == truth.epochMicros(hour * HOUR, false)));
		if (fixture.name().equals(SECOND_CLOCK)) {
			assertThat(clock).isInstanceOf(WriterClock.TwoClocks.class);
		}
		else {
			assertThat(WriterClockDecision.decide(evidence, fixture.zone(), null, false))
				.isInstanceOf(WriterClock.Configured.class);
		}
	}

	@FixtureTest(families = LayoutFamily.PYTHON_V0, name = "python-.*")
	void theRepeatedHourIsInTheOrderOfTheConversation(Fixture fixture, TestDatabase database) throws SQLException {
		Optional<String> first = labelled(fixture, "dst_first");
		Optional<String> second = labelled(fixture, "dst_second");
		assumeThat(first).isPresent();
		LocalZone zone = LocalZone.of(fixture.zone());
		OverlapResolution overlaps;
		try (Connection connection = database.connection()) {
			overlaps = OverlapReader.read(connection, database.dialect(), SessionTables.defaults(), zone, null,
					evidence(database));
		}
		LocalTimes times = LocalTimes.of(zone, null, overlaps);
		Instant earlier = instant(database, times, first.orElseThrow());
		Instant later = instant(database, times, second.orElseThrow());
		if (earlier.getNano() == 0) {
			// MySQL before 1.2.0: whole seconds and no order of insertion, so nothing
			// tells.
			assertThat(earlier).isIn(FIRST_PASS.truncatedTo(SECONDS), SECOND_PASS.truncatedTo(SECONDS));
			assertThat(later).isIn(SECOND_PASS.truncatedTo(SECONDS), earlier);
			return;
		}
		assertThat(earlier).isEqualTo(FIRST_PASS);
		assertThat(later).isEqualTo(SECOND_PASS);
	}

	private static WriterClockEvidence evidence(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			return WriterClockReader.read(connection, database.dialect(), SessionTables.defaults());
		}
	}

	private static Optional<String> labelled(Fixture fixture, String label) {
		JsonNode labels = fixture.readback().get("labels");
		return labels == null ? Optional.empty()
				: labels.propertyStream()
					.filter((entry) -> entry.getValue().asString().equals(label))
					.map((entry) -> entry.getKey())
					.findFirst();
	}

	private static Instant instant(TestDatabase database, LocalTimes times, String id) throws SQLException {
		String quote = database.dialect().quote("timestamp");
		String column = database.dialect() == DatabaseDialect.POSTGRESQL ? quote + "::text"
				: "CAST(" + quote + " AS CHAR)";
		String sql = "SELECT " + column + ", app_name, user_id, session_id FROM events WHERE id = ?";
		try (Connection connection = database.connection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, id);
			try (ResultSet row = statement.executeQuery()) {
				assertThat(row.next()).isTrue();
				long micros = times.epochMicros(StoredTimes.wallMicros(row.getString(1)), id, row.getString(2),
						row.getString(3), row.getString(4));
				return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
						Math.floorMod(micros, 1_000_000L) * 1000);
			}
		}
	}

}
