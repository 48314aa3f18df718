package io.github.adkmigration.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTextTests {

	private static final RowCounts ROWS = new RowCounts(15, 13, 1, 2, 0);

	@Test
	void aReportTellsEverythingInAlignedLines() {
		MigrationReport report = new MigrationReport(Outcome.MIGRATED, "7", "python-1.14.0", "python-2.10.0",
				List.of("The first fact.", "The second fact."), ROWS, "UTC-04:00, proven by the rows", "advisory lock",
				List.of(new StepReport("a", "Create the tables", Duration.ofMillis(9)),
						new StepReport("b", "Convert the events", Duration.ofMillis(1234))),
				List.of("The old table is kept."), List.of(), new Backup("a.db.adk-backup", 1_250_000),
				Duration.ofMillis(1500));
		assertThat(ReportText.of(report).lines()).containsExactly("-".repeat(100),
				" ADK session tables: migrated" + " ".repeat(56) + "run 7, 1500 ms", "-".repeat(100),
				" from       python-1.14.0", " to         python-2.10.0", " because    The first fact.",
				"            The second fact.",
				" rows       15 read: 13 converted (1 with a substitute), 2 quarantined, 0 orphaned",
				" clock      UTC-04:00, proven by the rows", " lock       advisory lock",
				" backup     a.db.adk-backup (1.3 MB)", " steps         9 ms  Create the tables",
				"            1234 ms  Convert the events", " notes      The old table is kept.", "-".repeat(100));
	}

	@Test
	void aRunThatWroteNothingSaysSo() {
		assertThat(ReportText.of(upToDate(List.of()))).contains("up to date", "nothing written")
			.doesNotContain("rows", "clock", "lock", "backup", "steps", "notes", "because");
	}

	@Test
	void aStatusNamesWhatIsPendingAndTheLastRun() {
		RunRecord run = new RunRecord("3", Instant.parse("2026-01-02T03:04:05Z"), null, "upgrade", "failed",
				"python-1.14.0", "python-2.10.0", null, "0.1.0", "host", "old/1", ROWS, "The disk is full.", null, null,
				"file lock", "FAILED");
		SchemaStatus status = new SchemaStatus(Compatibility.BEHIND, "python-1.14.0", "adk-python 1.14.0 to 1.16.0",
				null, "base", "0002",
				List.of(new PendingChange("ext_adk_0001_backfill", "backfill", "Convert the events")), List.of(),
				List.of("The fact."), run);
		assertThat(ReportText.of(status)).contains("ADK session tables: behind", "revision base, head 0002",
				" found      adk-python 1.14.0 to 1.16.0", " layout     python-1.14.0", " because    The fact.",
				" pending    Convert the events", " last run   3: upgrade from python-1.14.0 to python-2.10.0, failed",
				"            started 2026-01-02T03:04:05Z\n", "            took over from old/1, whose run had died\n",
				"            The disk is full.")
			.doesNotContain(" version");
	}

	@Test
	void aStatusTellsHowToApplyWhatIsDeferred() {
		DeferredChange index = new DeferredChange("ext_adk_0002_events_index", "expand", "Create the index",
				DeferredChange.Reason.LARGE_TABLE, "The index i is deferred: the table events has more than 5 rows.",
				List.of("DROP INDEX i", "CREATE INDEX i ON events (id)"));
		SchemaStatus status = new SchemaStatus(Compatibility.DEFERRED, "python-1.22.0", "adk-python 1.22 to 1.27", "1",
				"0001", "0002", List.of(), List.of(index), List.of(), null);
		assertThat(status.lag()).isZero();
		assertThat(ReportText.of(status).replaceAll("\\s+", " ")).contains("ADK session tables: deferred",
				" deferred The index i is deferred: the table events has more than 5 rows. Build it while the application"
						+ " runs, with --adk.migration.job=upgrade, with adk-migrate upgrade, or with"
						+ " DROP INDEX i; CREATE INDEX i ON events (id);");
	}

	@Test
	void longTextsAreBrokenBetweenWords() {
		String text = ReportText.of(upToDate(List.of("word ".repeat(40).strip())));
		assertThat(text.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(ReportText.WIDTH));
		assertThat(text).contains(" notes      word word").contains("\n            word word");
		assertThat(text.split("\\bword\\b", -1)).hasSize(41);
	}

	@Test
	void aWordLongerThanALineIsBrokenToo() {
		String text = ReportText.of(upToDate(List.of("x".repeat(250))));
		assertThat(text.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(ReportText.WIDTH));
		assertThat(text.chars().filter((character) -> character == 'x').count()).isEqualTo(250);
	}

	private static MigrationReport upToDate(List<String> notes) {
		return new MigrationReport(Outcome.UP_TO_DATE, null, "python-2.10.0", "python-2.10.0", List.of(),
				RowCounts.NONE, null, null, List.of(), notes, List.of(), null, Duration.ofMillis(3));
	}

}
