package io.github.adkmigration.clock;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalZoneTests {

	@Test
	void agreesWithJavaInEveryZoneAroundEveryTransitionAndAtRandom() {
		Random random = new Random(11);
		for (String name : ZoneId.getAvailableZoneIds()) {
			ZoneId id = ZoneId.of(name);
			LocalZone zone = LocalZone.of(id);
			for (LocalDateTime wall : interesting(id, random)) {
				long micros = wall.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + wall.getNano() / 1000;
				ZonedDateTime first = ZonedDateTime.of(wall, id).withEarlierOffsetAtOverlap();
				ZonedDateTime second = first.withLaterOffsetAtOverlap();
				assertThat(LocalZone.instant(zone.epochMicros(micros, false))).as("%s %s", id, wall)
					.isEqualTo(first.toInstant());
				assertThat(LocalZone.instant(zone.epochMicros(micros, true))).as("%s %s", id, wall)
					.isEqualTo(second.toInstant());
				assertThat(zone.repeated(micros, micros + 1).isEmpty()).as("%s %s", id, wall)
					.isEqualTo(first.equals(second));
			}
		}
	}

	private static List<LocalDateTime> interesting(ZoneId id, Random random) {
		List<LocalDateTime> times = new ArrayList<>();
		LocalDateTime start = LocalDateTime.of(1971, 1, 1, 0, 0);
		for (int i = 0; i < 100; i++) {
			times.add(start.plusSeconds(random.nextLong(128L * 365 * 86_400)));
		}
		ZoneOffsetTransition transition = id.getRules().nextTransition(start.toInstant(ZoneOffset.UTC));
		while (transition != null && transition.getInstant().isBefore(LocalDateTime.MAX.toInstant(ZoneOffset.UTC))
				&& transition.getDateTimeBefore().getYear() < 2050) {
			for (LocalDateTime edge : List.of(transition.getDateTimeBefore(), transition.getDateTimeAfter())) {
				times.add(edge);
				times.add(edge.minusNanos(1000));
				times.add(edge.plusMinutes(15));
				times.add(edge.minusMinutes(15));
			}
			transition = id.getRules().nextTransition(transition.getInstant());
		}
		return times;
	}

	@ParameterizedTest
	@CsvSource({ "America/New_York, 2025-11-02T01:00, 2025-11-02T02:00",
			"Australia/Lord_Howe, 2025-04-06T01:30, 2025-04-06T02:00",
			"Africa/Casablanca, 2025-02-23T02:00, 2025-02-23T03:00" })
	void knowsWhereTheClockRepeatsItself(String zone, LocalDateTime start, LocalDateTime end) {
		List<long[]> repeated = LocalZone.of(ZoneId.of(zone)).repeated(micros(start), micros(end));
		assertThat(repeated).hasSize(1);
		assertThat(LocalZone.wall(repeated.get(0)[0])).isEqualTo(start);
		assertThat(LocalZone.wall(repeated.get(0)[1])).isEqualTo(end);
	}

	@Test
	void findsNoRepeatedHourBesideOne() {
		LocalZone zone = LocalZone.of(ZoneId.of("America/New_York"));
		assertThat(zone.repeated(micros(LocalDateTime.parse("2025-11-02T02:00")),
				micros(LocalDateTime.parse("2026-11-01T01:00"))))
			.isEmpty();
	}

	private static long micros(LocalDateTime wall) {
		return wall.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
	}

}
