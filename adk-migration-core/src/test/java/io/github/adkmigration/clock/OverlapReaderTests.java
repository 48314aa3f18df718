package io.github.adkmigration.clock;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OverlapReaderTests {

	private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

	private static final String CREATED = "2025-11-01 12:00:00";

	private V0Database database;

	@BeforeEach
	void open() throws SQLException {
		this.database = new V0Database();
	}

	@AfterEach
	void close() throws SQLException {
		this.database.close();
	}

	@Test
	void theSecondOfTwoEqualTimesIsTheSecondPass() throws SQLException {
		this.database.event("s", "i", NEW_YORK, Instant.parse("2025-11-02T04:01:00.5Z"));
		this.database.event("s", "i", NEW_YORK, Instant.parse("2025-11-02T05:30:00.123456Z"));
		this.database.event("s", "i", NEW_YORK, Instant.parse("2025-11-02T06:30:00.123456Z"));
		this.database.event("s", "i", NEW_YORK, Instant.parse("2025-11-02T07:00:00Z"));
		assertAllInstants();
	}

	@Test
	void fromWhereTheClockGoesBackAllIsSecondPass() throws SQLException {
		for (String time : List.of("05:10", "05:50", "06:05", "06:06", "06:55")) {
			this.database.event("s", "i", NEW_YORK, Instant.parse("2025-11-02T" + time + ":00.1Z"));
		}
		assertAllInstants();
	}

	@Test
	void eachSessionHasAnOrderOfItsOwn() throws SQLException {
		this.database.event("a", "", NEW_YORK, Instant.parse("2025-11-02T05:50:00.1Z"));
		this.database.event("b", "", NEW_YORK, Instant.parse("2025-11-02T05:20:00.1Z"));
		this.database.event("a", "", NEW_YORK, Instant.parse("2025-11-02T06:10:00.1Z"));
		assertAllInstants();
	}

	@Test
	void parallelBranchesOutOfOrderAreNoClockChange() throws SQLException {
		this.database.event("s", "i", "2025-11-02 01:30:02.000001");
		this.database.event("s", "i", "2025-11-02 01:30:01.000001");
		assertThat(this.database.overlaps(NEW_YORK).secondPass()).isEmpty();
	}

	@Test
	void equalWholeSecondsSayNothing() throws SQLException {
		this.database.event("s", "", "2025-11-02 01:30:02");
		this.database.event("s", "", "2025-11-02 01:30:02");
		assertThat(this.database.overlaps(NEW_YORK).secondPass()).isEmpty();
		assertThat(this.database.overlaps(NEW_YORK).repeated()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "00:59:50, 01:00:20, 01:40:00, 02:00:10, false, true",
			"00:30:00, 01:50:00, 01:55:00, 02:00:10, true, true",
			"00:59:50, 01:00:20, 01:05:00, 03:30:00, false, false" })
	void theExtraHourPassesInTheLongestPause(String before, String inside, String next, String after, boolean second,
			boolean nextSecond) throws SQLException {
		this.database.event("s", "", "2025-11-02 " + before + ".000001");
		String first = this.database.event("s", "", "2025-11-02 " + inside + ".000001");
		String last = this.database.event("s", "", "2025-11-02 " + next + ".000001");
		this.database.event("s", "", "2025-11-02 " + after + ".000001");
		OverlapResolution resolution = this.database.overlaps(NEW_YORK);
		assertThat(resolution.secondPass().contains(new RowKey(first, "app", "user", "s"))).isEqualTo(second);
		assertThat(resolution.secondPass().contains(new RowKey(last, "app", "user", "s"))).isEqualTo(nextSecond);
	}

	@Test
	void anEventOnItsOwnIsFirstPassUnlessTheSessionSaysWhen() throws SQLException {
		String early = this.database.event("early", "", "2025-11-02 01:30:00.500001");
		String late = this.database.event("late", "", "2025-11-02 01:30:00.500001");
		this.database.session("early", CREATED, "2025-11-02 05:30:00.500001");
		assertThat(this.database.overlaps(NEW_YORK).secondPass()).isEmpty();
		this.database.session("late", CREATED, "2025-11-02 06:30:00.500001");
		assertThat(this.database.overlaps(NEW_YORK).secondPass()).extracting(RowKey::id)
			.containsExactly(late)
			.doesNotContain(early);
	}

	@Test
	void halfAnHourIsRepeatedOnLordHowe() throws SQLException {
		ZoneId zone = ZoneId.of("Australia/Lord_Howe");
		Instant change = zone.getRules().nextTransition(Instant.parse("2025-03-01T00:00:00Z")).getInstant();
		for (int minutes : List.of(-40, -25, -5, 5, 25, 40)) {
			this.database.event("s", "i", zone, change.plusSeconds(minutes * 60L).plusMillis(1));
		}
		assertAllInstants(zone);
	}

	@Test
	void whatIsUtcAlreadyIsNotRead() throws SQLException {
		this.database.event("s", "", "2025-11-02 01:30:00.500001");
		this.database.event("s", "", "2025-11-02 01:20:00.500001");
		assertThat(OverlapReader
			.read(this.database.connection, DatabaseDialect.SQLITE, SessionTables.defaults(), LocalZone.of(NEW_YORK),
					Instant.parse("2025-11-02T00:00:00Z"), this.database.evidence())
			.repeated()).isZero();
	}

	@Test
	void livelyConversationsThroughTheChangeComeOutRight() throws SQLException {
		Random random = new Random(3);
		for (int session = 0; session < 50; session++) {
			Instant time = Instant.parse("2025-11-02T04:30:00.000001Z").plusSeconds(random.nextInt(1800));
			while (time.isBefore(Instant.parse("2025-11-02T07:20:00Z"))) {
				this.database.event("s" + session, "", NEW_YORK, time);
				time = time.plus(Duration.ofMillis(1 + random.nextInt(900_000)));
			}
		}
		assertAllInstants();
	}

	@Test
	void withoutArrivalOrderInvocationsStayInOnePiece() {
		RepeatedHour hour = new RepeatedHour(micros("01:00:00"), micros("02:00:00"));
		Map<String, RepeatedHour.Row> rows = new HashMap<>();
		List<String> byTime = List.of("01:10:00 a", "01:15:00 b", "01:16:00 b", "01:20:00 a");
		for (String row : new ArrayList<>(byTime)) {
			rows.put(row, new RepeatedHour.Row(new RowKey(row, "app", "user", "s"), micros(row.substring(0, 8)),
					row.substring(9)));
			hour.add(rows.get(row));
		}
		hour.orderByInvocation();
		assertThat(hour.secondPass(null)).containsExactly(rows.get("01:15:00 b"), rows.get("01:16:00 b"));
	}

	private static long micros(String time) {
		return StoredTimes.wallMicros("2025-11-02 " + time + ".000001");
	}

	private void assertAllInstants() throws SQLException {
		assertAllInstants(NEW_YORK);
	}

	private void assertAllInstants(ZoneId zone) throws SQLException {
		LocalTimes times = LocalTimes.of(LocalZone.of(zone), null, this.database.overlaps(zone));
		List<Instant> converted = new ArrayList<>();
		for (V0Database.Written event : this.database.written) {
			converted.add(LocalZone.instant(times.epochMicros(StoredTimes.wallMicros(event.stored()), event.id(), "app",
					"user", event.session())));
		}
		assertThat(converted).isNotEmpty()
			.containsExactlyElementsOf(this.database.written.stream().map(V0Database.Written::instant).toList());
	}

}
