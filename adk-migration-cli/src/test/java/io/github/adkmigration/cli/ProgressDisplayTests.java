package io.github.adkmigration.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.adkmigration.cli.OutputOptions.ProgressStyle;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody sees who waits.
 */
class ProgressDisplayTests {

	private static final Progress HALF = new Progress("copy", 500_000, 1_000_000, 12_345.6, Duration.ofSeconds(41));

	private static final Progress END = new Progress("copy", 1_000_000, 1_000_000, 12_000, Duration.ZERO);

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final PrintStream err = new PrintStream(this.bytes, true, StandardCharsets.UTF_8);

	@Test
	void aTerminalShowsABarWithRowsRateAndTimeLeft() {
		MigrationListener display = ProgressDisplay.of(ProgressStyle.BAR, this.err);
		display.begins("copy", "Convert the events of python-1.15.0");
		display.progress(HALF);
		assertThat(shown()).startsWith("Convert the events of python-1.15.0\n")
			.contains("\r  [############............] 50%, 500,000 of 1,000,000 rows, 12,346/s, 41 s left");
	}

	@Test
	void aBarIsOneLineThatEndsWhenTheWorkDoes() {
		MigrationListener display = ProgressDisplay.of(ProgressStyle.BAR, this.err);
		display.progress(HALF);
		assertThat(shown()).doesNotContain("\n");
		display.progress(END);
		assertThat(shown()).endsWith("\n").containsOnlyOnce("\n");
	}

	@Test
	void aNewBarLeavesNothingOfALongerOne() {
		MigrationListener display = ProgressDisplay.of(ProgressStyle.BAR, this.err);
		display.progress(HALF);
		display.progress(new Progress("copy", 1, 1_000_000, 0, null));
		assertThat(shown().split("\r")[2]).hasSameSizeAs(shown().split("\r")[1]);
	}

	@Test
	void aLogGetsOneLineAtTheEndOfShortWork() {
		MigrationListener display = ProgressDisplay.of(ProgressStyle.PLAIN, this.err);
		display.begins("copy", "Convert the events");
		display.progress(HALF);
		display.progress(END);
		assertThat(shown().lines()).containsExactly("Convert the events",
				"  100%, 1,000,000 of 1,000,000 rows, 12,000/s");
	}

	@Test
	void rowsThatNobodyHasCountedAreShownWithoutATotal() {
		MigrationListener display = ProgressDisplay.of(ProgressStyle.BAR, this.err);
		display.progress(new Progress("copy", 7, -1, 0, null));
		assertThat(shown().strip()).isEqualTo("7 rows");
	}

	@Test
	void nobodyIsToldWhereNoProgressIsWanted() {
		assertThat(ProgressDisplay.of(ProgressStyle.NONE, this.err)).isSameAs(MigrationListener.NONE);
	}

	private String shown() {
		return this.bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

}
