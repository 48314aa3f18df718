package io.github.adkmigration.clock;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import io.github.adkmigration.clock.OffsetSighting.Strength;
import io.github.adkmigration.clock.WriterClock.Configured;
import io.github.adkmigration.clock.WriterClock.Contradicted;
import io.github.adkmigration.clock.WriterClock.NotNeeded;
import io.github.adkmigration.clock.WriterClock.NotProven;
import io.github.adkmigration.clock.WriterClock.Proven;
import io.github.adkmigration.clock.WriterClock.TwoClocks;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WriterClockDecisionTests {

	private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

	private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

	private static final ZoneId UTC = ZoneId.of("UTC");

	@TempDir
	Path directory;

	@Test
	void theDatabaseOfTheFieldIsProvenToBeFourHoursBehind() throws SQLException, IOException {
		Path file = this.directory.resolve("sample.db");
		try (InputStream packed = getClass().getResourceAsStream("adk-python-1.15-sample.db.gz");
				OutputStream out = Files.newOutputStream(file)) {
			assertThat(packed).isNotNull();
			new GZIPInputStream(packed).transferTo(out);
		}
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			WriterClock clock = WriterClockDecision.decide(
					WriterClockReader.read(connection, DatabaseDialect.SQLITE, SessionTables.defaults()), null, null,
					false);
			assertThat(clock).isInstanceOfSatisfying(Proven.class, (proven) -> {
				assertThat(proven.mostLikely().id()).isEqualTo(NEW_YORK);
				assertThat(proven.candidates()).contains(ZoneOffset.ofHours(-4), ZoneId.of("America/Caracas"));
				assertThat(proven.offsets()).hasToString("[-04:00 (2025-10-28, 2 sessions)]");
				assertThat(proven.samples()).hasSize(3)
					.contains(new SampleConversion(LocalZone.wall(StoredTimes.wallMicros("2025-10-28 23:56:10.421959")),
							Instant.parse("2025-10-29T03:56:10.421959Z")));
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
			"Africa/Casablanca", "Europe/London", "UTC", "America/Sao_Paulo", "America/St_Johns", "Pacific/Kiritimati",
			"Pacific/Marquesas", "America/Havana", "Europe/Dublin", "Pacific/Chatham" })
	void whatIsProvenIsAlwaysRight(String name) throws SQLException {
		ZoneId zone = ZoneId.of(name);
		Random random = new Random(name.hashCode());
		int proven = 0;
		for (int run = 0; run < 12; run++) {
			try (V0Database database = new V0Database()) {
				Instant start = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(700 * 86_400));
				int spread = run % 3 == 0 ? 2 * 86_400 : 300 * 86_400;
				for (int session = 0; session < 40; session++) {
					Instant created = start.plusSeconds(random.nextInt(spread));
					Instant first = created.plusMillis(random.nextInt(4) == 0 ? random.nextInt(7_000_000) : 300);
					Instant last = first.plus(random.nextInt(400_000_000), ChronoUnit.MICROS);
					database.session("s" + session, zone, run % 2 == 0, created, first, last);
				}
				WriterClock clock = database.decide();
				assertThat(clock).isNotInstanceOfAny(TwoClocks.class, Contradicted.class);
				if (clock instanceof Proven) {
					proven++;
					LocalZone found = clock.zone().orElseThrow();
					for (V0Database.Written event : database.written) {
						long wall = StoredTimes.wallMicros(event.stored());
						assertThat(List.of(found.epochMicros(wall, false), found.epochMicros(wall, true)))
							.contains(LocalTimes.micros(event.instant()));
					}
				}
				assertThat(database.decide(name, null)).isInstanceOf(Configured.class);
			}
		}
		assertThat(proven).isPositive();
	}

	@Test
	void sightingsOnOneSideOfAClockChangeDoNotProveTheOther() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("winter", NEW_YORK, true, Instant.parse("2025-01-10T10:00:00Z"),
					Instant.parse("2025-01-10T10:00:01.5Z"));
			assertThat(database.decide()).isInstanceOf(Proven.class);
			database.event("no session", "", "2025-07-01 12:00:00.000001");
			assertThat(database.decide()).isInstanceOfSatisfying(NotProven.class,
					(open) -> assertThat(open.candidates()).contains(NEW_YORK, ZoneId.of("America/Bogota")));
		}
	}

	@Test
	void anotherZoneIsRefusedWithAnExample() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("s", NEW_YORK, true, Instant.parse("2025-07-10T10:00:00Z"),
					Instant.parse("2025-07-10T10:00:01.5Z"));
			assertThat(database.decide("Asia/Kolkata", null)).isInstanceOfSatisfying(Contradicted.class, (refused) -> {
				assertThat(refused.example().offsetSeconds()).isEqualTo(-4 * 3600);
				assertThat(refused.candidates()).first().isEqualTo(NEW_YORK);
			});
			assertThat(WriterClockDecision.decide(database.evidence(), KOLKATA, null, true))
				.isInstanceOfSatisfying(Configured.class, (confirmed) -> assertThat(confirmed.contradicted()).isTrue());
		}
	}

	@Test
	void aNewerReleaseOnAnOldDatabaseIsASecondClock() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("old", NEW_YORK, true, Instant.parse("2025-07-10T10:00:00Z"),
					Instant.parse("2025-07-10T10:00:01.5Z"));
			database.session("new", UTC, true, Instant.parse("2026-07-10T10:00:00Z"),
					Instant.parse("2026-07-10T10:00:01.5Z"));
			Instant change = Instant.parse("2026-07-10T10:00:00Z");
			assertThat(database.decide()).isInstanceOfSatisfying(TwoClocks.class, (two) -> {
				assertThat(two.firstUtc()).isEqualTo(change);
				assertThat(two.proven()).isTrue();
				assertThat(two.candidates()).first().isEqualTo(NEW_YORK);
			});
			assertThat(database.decide("America/New_York", null)).isInstanceOf(TwoClocks.class);
			assertThat(database.decide("America/New_York", "2026-01-01T00:00:00Z")).isInstanceOf(Configured.class);
			assertThat(database.decide(null, "2026-01-01T00:00:00Z")).isInstanceOf(Proven.class);
			assertThat(database.decide("America/New_York", "2025-01-01T00:00:00Z")).isInstanceOf(Contradicted.class);
		}
	}

	/** The session that proves UTC ended an hour behind the first UTC event. */
	@Test
	void theChangeIsWhereTimesLeapByMoreThanTheOffset() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("old", NEW_YORK, true, Instant.parse("2026-07-10T08:00:00Z"),
					Instant.parse("2026-07-10T08:00:01.5Z"));
			database.event("silent", "", NEW_YORK, Instant.parse("2026-07-10T09:55:00.5Z"));
			database.event("silent", "", UTC, Instant.parse("2026-07-10T10:05:00.5Z"));
			database.session("new", UTC, true, Instant.parse("2026-07-10T10:10:00Z"),
					Instant.parse("2026-07-10T10:10:01.5Z"), Instant.parse("2026-07-10T11:20:00.5Z"));
			assertThat(database.decide()).isInstanceOfSatisfying(TwoClocks.class, (two) -> {
				assertThat(two.firstUtc()).isEqualTo("2026-07-10T10:00:00Z");
				assertThat(two.proven()).isTrue();
			});
			assertThat(instants(database, "America/New_York", "2026-07-10T10:00:00Z")).isEqualTo(truth(database));
		}
	}

	@Test
	void severalLeapsProveNothingAndTheLastOneIsSurelyUtc() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("old", NEW_YORK, true, Instant.parse("2026-07-09T08:00:00Z"),
					Instant.parse("2026-07-09T08:00:01.5Z"));
			database.event("silent", "", NEW_YORK, Instant.parse("2026-07-09T20:00:00.5Z"));
			database.session("new", UTC, true, Instant.parse("2026-07-10T10:10:00Z"),
					Instant.parse("2026-07-10T10:10:01.5Z"));
			assertThat(database.decide()).isInstanceOfSatisfying(TwoClocks.class, (two) -> {
				assertThat(two.firstUtc()).isEqualTo("2026-07-10T10:00:00Z");
				assertThat(two.proven()).isFalse();
			});
		}
	}

	/** Their times read as if they were behind the change. */
	@Test
	void theLastLocalSessionsAheadOfUtcAreToldFromTheFirstInUtc() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("before", KOLKATA, true, Instant.parse("2026-07-10T09:00:00Z"),
					Instant.parse("2026-07-10T09:00:01.5Z"), Instant.parse("2026-07-10T09:30:00.25Z"));
			database.session("after", UTC, true, Instant.parse("2026-07-10T10:10:00Z"),
					Instant.parse("2026-07-10T10:10:01.5Z"));
			assertThat(database.decide("Asia/Kolkata", "2026-07-10T10:00:00Z")).isInstanceOf(Configured.class);
			assertThat(database.decide(null, "2026-07-10T10:00:00Z")).isInstanceOf(Proven.class);
			assertThat(database.decide("America/New_York", "2026-07-10T10:00:00Z")).isInstanceOf(Contradicted.class);
			assertThat(instants(database, "Asia/Kolkata", "2026-07-10T10:00:00Z")).isEqualTo(truth(database));
		}
	}

	private static List<Long> instants(V0Database database, String zone, String since) throws SQLException {
		LocalTimes times = database.times(ZoneId.of(zone), Instant.parse(since));
		return database.written.stream()
			.map((event) -> times.epochMicros(StoredTimes.wallMicros(event.stored()), event.id(), "app", "user",
					event.session()))
			.toList();
	}

	private static List<Long> truth(V0Database database) {
		return database.written.stream().map((event) -> LocalTimes.micros(event.instant())).toList();
	}

	@Test
	void zeroAloneProvesUtcOnlyFromTheOldestEventOn() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.session("new", UTC, true, Instant.parse("2026-07-10T10:00:00Z"),
					Instant.parse("2026-07-10T10:00:01.5Z"));
			assertThat(database.decide()).isInstanceOf(Proven.class);
			database.event("no session", "", "2025-07-01 12:00:00.000001");
			assertThat(database.decide()).isInstanceOf(NotProven.class);
		}
	}

	@Test
	void anOldSessionContinuedByANewerReleaseDoesNotProveUtc() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.event("s", "", KOLKATA, Instant.parse("2025-07-10T10:00:00.4Z"));
			database.event("s", "", UTC, Instant.parse("2025-07-10T18:00:00.7Z"));
			database.session("s", "2025-07-10 10:00:00", "2025-07-10 18:00:00.700000");
			assertThat(database.decide()).isNotInstanceOf(Proven.class);
		}
	}

	@Test
	void syntheticTimesProveNothing() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.event("s", "", "2025-07-01 12:00:00.500000");
			database.session("s", "2026-11-20 14:00:00", "2026-11-20 14:00:01");
			assertThat(database.evidence().sightings()).isEmpty();
			assertThat(database.evidence().bounds()).isEmpty();
			assertThat(database.decide()).isInstanceOf(NotProven.class);
			assertThat(database.decide("Asia/Kolkata", null)).isInstanceOf(Configured.class);
		}
	}

	@Test
	void noNaiveTimeNeedsNoZone() throws SQLException {
		try (V0Database database = new V0Database()) {
			database.event("s", "", "2025-07-01 12:00:00+05:30");
			database.session("s", "2025-07-01 06:30:00", "2025-07-01 06:30:00");
			assertThat(database.decide()).isInstanceOf(NotNeeded.class);
		}
	}

	@Test
	void offSqliteOnlyAnExactOffsetOtherThanZeroProves() {
		long wall = StoredTimes.wallMicros("2025-07-01 12:00:00.500000");
		OffsetSighting near = new OffsetSighting(wall, -14_400, Strength.NEAR, 9);
		OffsetSighting exact = new OffsetSighting(wall, -14_400, Strength.EXACT, 1);
		OffsetSighting laterZero = new OffsetSighting(wall + 1, 0, Strength.EXACT, 1);
		assertThat(server(near)).isInstanceOfSatisfying(NotProven.class,
				(open) -> assertThat(open.relative()).isTrue());
		assertThat(server(exact)).isInstanceOf(Proven.class);
		assertThat(server(exact, laterZero)).isInstanceOfSatisfying(NotProven.class,
				(open) -> assertThat(open.possiblyUtcSince()).isEqualTo(LocalZone.wall(wall + 1)));
		assertThat(server(new OffsetSighting(wall, 0, Strength.EXACT, 50))).isInstanceOf(NotProven.class);
	}

	private static WriterClock server(OffsetSighting... sightings) {
		long hour = Math.floorDiv(sightings[0].wallMicros(), 3_600_000_000L);
		return WriterClockDecision.decide(
				new WriterClockEvidence(false, List.of(sightings), List.of(), new long[] { hour }, List.of()), null,
				null, false);
	}

	@Test
	void aFewLuckyWaitsDoNotOutvoteTheRest() throws SQLException {
		try (V0Database database = new V0Database()) {
			Instant day = Instant.parse("2025-07-10T10:00:00Z");
			for (int i = 0; i < 40; i++) {
				Instant created = day.plusSeconds(i * 86_400L);
				database.session("s" + i, NEW_YORK, false, created, created.plusMillis(400));
			}
			database.session("lucky", NEW_YORK, false, day, day.plusSeconds(3602));
			assertThat(database.decide()).isInstanceOf(Proven.class);
			assertThat(database.decide("America/New_York", null)).isInstanceOf(Configured.class);
		}
	}

}
