package io.github.adkmigration.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is rendered, to the letter, so that a change of a template is seen in its effect.
 */
class ChartGoldenTests {

	private static final Path GOLDEN = Path.of("src/test/resources/golden");

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void everyCaseIsRenderedAsBefore(String name) throws IOException {
		Golden.check(GOLDEN.resolve(name + ".yaml"), Chart.rendered(name, this.directory));
	}

	@Test
	void everyGoldenFileBelongsToACase() throws IOException {
		try (Stream<Path> files = Files.list(GOLDEN)) {
			List<String> names = files.map((file) -> file.getFileName().toString().replace(".yaml", "")).toList();
			assertThat(names).containsExactlyInAnyOrderElementsOf(Chart.cases());
		}
	}

}
