package io.github.adkmigration.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import io.github.adkmigration.schema.SessionTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreflightTextTests {

	private static final PreflightFinding WARNING = new PreflightFinding(PreflightCode.ORPHANED_EVENTS,
			"7 events belong to no session.", "Look at them.");

	private static final PreflightFinding OBSTACLE = new PreflightFinding(PreflightCode.KEPT_TABLE,
			"The table is in the way.", "Drop it.");

	@Test
	void aReportTellsEverythingAndEndsWithItsVerdict() {
		assertThat(PreflightText.of(report(WARNING, OBSTACLE)).lines()).containsExactly("-".repeat(100),
				" ADK session tables: plan" + " ".repeat(61) + "revision 0002", "-".repeat(100),
				" from       python-1.14.0", " steps      Convert the events",
				" tables     sessions               12 rows, 1.5 kB with indexes",
				"            events    about 1,000,000 rows, about 1.2 GB with indexes",
				"            old               unknown rows",
				" time       about 21 min, 794 rows per second, by a sample of 20,000 rows that could not be written",
				" space      about 1.2 GB for the converted events, 512 MB for the backup; free: unknown",
				" clock      UTC, proven by the rows",
				"              2025-07-01 06:00:00.000003 -> 2025-07-01T06:00:00.000003Z", " lock       file lock",
				" blocks     KEPT_TABLE: The table is in the way.", "              Drop it.",
				" warns      ORPHANED_EVENTS: 7 events belong to no session.", "              Look at them.",
				" verdict    NO-GO: KEPT_TABLE. A run would be refused, and change nothing.", "-".repeat(100));
	}

	@Test
	void aLogGetsNoStepAndNoVerdict() {
		assertThat(PreflightText.brief(report(WARNING))).contains(" tables ", " time ", " warns ")
			.doesNotContain(" steps ", " verdict ");
	}

	@Test
	void whatOnlyWarnsIsAGo() {
		PreflightReport report = report(WARNING);
		assertThat(report.go()).isTrue();
		assertThat(PreflightText.of(report)).contains(" verdict    GO\n");
	}

	@Test
	void whereNothingIsPendingThereIsNothingButTheVerdict() {
		PreflightReport report = new PreflightReport("python-2.10.0", "0002", false, List.of(), List.of(), List.of(),
				List.of(), null, SpaceNeed.NONE, null, null, List.of());
		assertThat(PreflightText.of(report)).contains("nothing to do", " verdict    GO: nothing is pending.")
			.doesNotContain(" tables ", " space ", " clock ", " lock ");
	}

	private static PreflightReport report(PreflightFinding... findings) {
		return new PreflightReport("python-1.14.0", "0002", true,
				List.of(new PendingChange("ext_adk_0001_backfill", "backfill", "Convert the events")), List.of(),
				List.of(),
				List.of(new TableMeasure(SessionTable.SESSIONS, "sessions", 12, true, 1500, true),
						new TableMeasure(SessionTable.EVENTS, "events", 1_000_000, false, 1_234_567_890, false),
						new TableMeasure(SessionTable.APP_STATES, "old", TableMeasure.UNKNOWN, false,
								TableMeasure.UNKNOWN, false)),
				new ConversionEstimate(Duration.ofSeconds(
						1260), 20_000, false, 794),
				new SpaceNeed(1_234_567_890, 512_000_000, -1),
				new ClockProof("UTC, proven by the rows", List.of(),
						List.of(new ClockProof.Sample(LocalDateTime.parse("2025-07-01T06:00:00.000003"),
								Instant.parse("2025-07-01T06:00:00.000003Z")))),
				"file lock", List.of(findings));
	}

}
