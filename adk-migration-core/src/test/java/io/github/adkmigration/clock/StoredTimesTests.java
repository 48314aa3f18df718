package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredTimesTests {

	@Test
	void readsWhatPythonWritesInAnyYear() {
		Random random = new Random(7);
		DateTimeFormatter python = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
		for (int i = 0; i < 20_000; i++) {
			LocalDateTime time = LocalDateTime.of(1 + random.nextInt(9998), 1, 1, 0, 0)
				.plusSeconds(random.nextInt(366 * 86_400))
				.plusNanos(random.nextInt(1_000_000) * 1000L);
			long micros = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
			assertThat(StoredTimes.wallMicros(python.format(time))).as(python.format(time)).isEqualTo(micros);
		}
	}

	@ParameterizedTest
	@CsvSource({ "2025-11-02 01:30:00, 1762047000000000", "2025-11-02T01:30:00.5, 1762047000500000",
			"2025-11-02 01:30:00.123456789, 1762047000123456", "1969-12-31 23:59:59.999999, -1" })
	void readsShorterAndLongerFractions(String text, long micros) {
		assertThat(StoredTimes.wallMicros(text)).isEqualTo(micros);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2025-11-02", "2025-11-02 01:30", "2025-02-29 01:30:00", "2025-13-01 00:00:00",
			"2025-11-02 24:00:00", "2025-11-02 01:60:00", "2025-11-02 01:30:00.", "2025-11-02 01:30:00.12345x",
			"2025-11-02 01:30:00+00:00", "2025-11-02 01:30:00Z", "1762047000.5", "2025-11-02 01:-1:00" })
	void refusesWhatIsNoWallClockTime(String text) {
		assertThat(StoredTimes.wallMicros(text)).isEqualTo(StoredTimes.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2025-11-02 11:00:00.123456+05:30", "2025-11-02 11:00:00.123456789 +0530 IST",
			"2025-11-02T05:30:00.123456Z", "2025-11-02 01:30:00.123456-04:00", "2025-11-02 05:30:00.123456+00:00:00" })
	void readsTheInstantOfATextWithAnOffset(String text) {
		assertThat(StoredTimes.instantMicros(text)).isEqualTo(1_762_061_400_123_456L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2025-11-02 01:30:00", "2025-11-02 01:30:00 IST", "", "2025-11-02 01:30:00+5" })
	void givesNoInstantWithoutAnOffset(String text) {
		assertThat(StoredTimes.instantMicros(text)).isEqualTo(StoredTimes.NONE);
	}

	@Test
	void takesNumbersAsSecondsOrMillisecondsBySize() {
		assertThat(StoredTimes.instantMicros(1762061400.123456)).isEqualTo(1_762_061_400_123_456L);
		assertThat(StoredTimes.instantMicros(1762061400123.0)).isEqualTo(1_762_061_400_123_000L);
		assertThat(StoredTimes.instantMicros(Double.NaN)).isEqualTo(StoredTimes.NONE);
		assertThat(StoredTimes.instantMicros(1e300)).isEqualTo(StoredTimes.NONE);
		assertThat(StoredTimes.instantMicros(253_402_300_800_000.0)).isEqualTo(StoredTimes.NONE);
		assertThat(StoredTimes.instantMicros(-62_135_596_801.0)).isEqualTo(StoredTimes.NONE);
		assertThat(StoredTimes.instantMicros(Double.NEGATIVE_INFINITY)).isEqualTo(StoredTimes.NONE);
	}

	/** One in eight times of Python has a product that is rounded to the next one. */
	@Test
	void roundsSecondsAsPythonDoes() {
		assertThat(StoredTimes.instantMicros(1776377461.8976614)).isEqualTo(1_776_377_461_897_661L);
		assertThat(StoredTimes.instantMicros(1709385958.6774235)).isEqualTo(1_709_385_958_677_423L);
		assertThat(StoredTimes.instantMicros(-1.5)).isEqualTo(-1_500_000L);
		assertThat(StoredTimes.instantMicros(1735689599.9999998)).isEqualTo(1_735_689_600_000_000L);
		assertThat(StoredTimes.text(1_735_689_600_000_000L)).isEqualTo("2025-01-01 00:00:00.000000");
	}

	@Test
	void readsEachTypeThatASqliteColumnHolds() {
		LocalTimes times = LocalTimes.of(LocalZone.of(ZoneOffset.ofHours(-4)), Instant.parse("2025-12-01T00:00:00Z"),
				OverlapResolution.NONE);
		assertThat(times.sqliteEpochMicros("2025-11-02 01:30:00.123456", "e", "a", "u", "s"))
			.isEqualTo(1_762_061_400_123_456L);
		assertThat(times.sqliteEpochMicros("2025-11-02 11:00:00.123456+05:30", "e", "a", "u", "s"))
			.isEqualTo(1_762_061_400_123_456L);
		assertThat(times.sqliteEpochMicros(1762061400.123456, "e", "a", "u", "s")).isEqualTo(1_762_061_400_123_456L);
		assertThat(times.sqliteEpochMicros(1762061400L, "e", "a", "u", "s")).isEqualTo(1_762_061_400_000_000L);
		assertThat(times.sqliteEpochMicros("2025-12-01 00:00:00", "e", "a", "u", "s"))
			.isEqualTo(1_764_547_200_000_000L);
		assertThat(times.sqliteEpochMicros(null, "e", "a", "u", "s")).isEqualTo(StoredTimes.NONE);
	}

}
