package io.github.adkmigration.clock;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WriterClockFailureTests {

	private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

	private V0Database database;

	@BeforeEach
	void open() throws SQLException {
		this.database = new V0Database();
		this.database.session("s", NEW_YORK, true, Instant.parse("2025-07-10T10:00:00Z"),
				Instant.parse("2025-07-10T10:00:01.5Z"));
	}

	@AfterEach
	void close() throws SQLException {
		this.database.close();
	}

	@Test
	void whatIsProvenIsNoFailure() throws SQLException {
		assertThat(WriterClockFailure.of(this.database.decide())).isEmpty();
	}

	@Test
	void theMissingZoneIsAskedForWithWhatTheRowsShow() throws SQLException {
		this.database.event("orphan", "", "2025-01-10 10:00:00.000001");
		MigrationException failure = WriterClockFailure.of(this.database.decide()).orElseThrow();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.TIME_ZONE_REQUIRED);
		assertThat(failure.description()).contains("Offsets found: -04:00 (2025-07-10, 1 session).")
			.contains("Zones that fit: America/New_York, America/Toronto, ");
		assertThat(failure.action()).endsWith("adk.migration.legacy.time-zone=America/New_York");
	}

	@Test
	void aWrongZoneIsNamedWithBothOffsets() throws SQLException {
		MigrationException failure = WriterClockFailure.of(this.database.decide("Asia/Kolkata", null)).orElseThrow();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.TIME_ZONE_CONTRADICTED);
		assertThat(failure.description()).contains(
				"on 2025-07-10 their writer was at -04:00, where Asia/Kolkata was at +05:30.",
				"Offsets found: -04:00 (2025-07-10, 1 session).");
		assertThat(failure.action()).endsWith("adk.migration.legacy.time-zone=America/New_York");
	}

	@Test
	void twoClocksNeedTheInstantOfTheChange() throws SQLException {
		this.database.session("new", ZoneId.of("UTC"), true, Instant.parse("2026-07-10T10:00:00Z"),
				Instant.parse("2026-07-10T10:00:01.5Z"));
		MigrationException failure = WriterClockFailure.of(this.database.decide()).orElseThrow();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.TIME_ZONE_REQUIRED);
		assertThat(failure.action()).endsWith("adk.migration.legacy.time-zone=America/New_York"
				+ " adk.migration.legacy.utc-since=2026-07-10T10:00:00Z");
		assertThat(failure.description()).endsWith(
				"The rows prove the change: from 2026-07-10T10:00:00Z on they are UTC, before it they are local.");
		this.database.event("silent", "", "2026-07-09 20:00:00.500000");
		assertThat(WriterClockFailure.of(this.database.decide()).orElseThrow().description())
			.endsWith("The change came at 2026-07-10T10:00:00Z or before, after the local time 2025-07-10T06:00:01.500;"
					+ " the rows do not prove when.");
	}

}
