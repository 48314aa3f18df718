package io.github.adkmigration;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import io.github.adkmigration.clock.LocalZone;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.settings.LegacyClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedClockTests {

	private static final ZoneId ZONE = ZoneId.of("America/New_York");

	private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void aZoneIsReadBack() {
		WriterClock clock = new WriterClock.Configured(LocalZone.of(ZONE), false, List.of(), List.of());
		LegacyClock read = RecordedClock.read(RecordedClock.text(clock, LegacyClock.in(ZONE)));
		assertThat(read.timeZone()).isEqualTo(ZONE);
		assertThat(read.utcSince()).isNull();
	}

	@Test
	void anInstantFromWhichOnTimesAreUtcIsReadBack() {
		WriterClock clock = new WriterClock.Proven(LocalZone.of(ZONE), List.of(), List.of(), List.of());
		LegacyClock read = RecordedClock.read(RecordedClock.text(clock, new LegacyClock(null, SINCE, false)));
		assertThat(read.timeZone()).isEqualTo(ZONE);
		assertThat(read.utcSince()).isEqualTo(SINCE);
	}

	@Test
	void whereNoTimeWasNaiveThereIsNoZone() {
		String text = RecordedClock.text(new WriterClock.NotNeeded(), new LegacyClock(null, SINCE, false));
		assertThat(RecordedClock.read(text).timeZone()).isNull();
		assertThat(RecordedClock.read(text).utcSince()).isEqualTo(SINCE);
	}

}
