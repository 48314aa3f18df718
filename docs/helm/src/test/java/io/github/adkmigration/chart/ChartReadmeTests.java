package io.github.adkmigration.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of values in the chart's README.
 */
class ChartReadmeTests {

	private static final String BEGIN = "<!-- values: generated -->\n";

	private static final String END = "<!-- values: end -->";

	private final Path readme = Chart.DIRECTORY.resolve("README.md");

	private final ValuesTable table = new ValuesTable(read(Chart.DIRECTORY.resolve("values.yaml")));

	@Test
	void theTableSaysWhatTheFileSays() throws IOException {
		String text = read(this.readme);
		int begin = text.indexOf(BEGIN) + BEGIN.length();
		int end = text.indexOf(END);
		assertThat(begin).isLessThanOrEqualTo(end);
		Golden.check(this.readme, text.substring(0, begin) + this.table.markdown() + text.substring(end));
	}

	@Test
	void everyValueHasAMeaning() {
		assertThat(this.table.unexplained()).isEmpty();
	}

	@Test
	void aValueWithoutAMeaningWouldBeNoticed() {
		assertThat(new ValuesTable("a:\n  # -- Known\n  b: 1\n  c: 2\n").unexplained()).containsExactly("a.c");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
