package io.github.adkmigration.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The loop of the init container, run by the shell as it is rendered. What it repeats is
 * a command that ends with one exit code after another.
 */
class WaitForSchemaTests {

	@TempDir
	Path directory;

	@Test
	void itEndsWhenNothingIsPending() throws Exception {
		assertThat(wait("3\n1\n0\n", 60)).isZero();
		assertThat(looks()).isEqualTo(3);
	}

	@Test
	void itEndsAtOnceWhenWaitingCannotHelp() throws Exception {
		assertThat(wait("6\n0\n", 60)).isEqualTo(6);
		assertThat(looks()).isEqualTo(1);
	}

	@Test
	void itGivesUpAtItsLimitAndSaysSo() throws Exception {
		assertThat(wait("3\n3\n3\n3\n3\n3\n", 1)).isEqualTo(3);
		assertThat(looks()).isGreaterThan(1);
		assertThat(this.directory.resolve("output")).content()
			.contains("The schema was not there after 1 s; the last look ended with exit code 3.");
	}

	private int wait(String codes, int limitSeconds) throws IOException, InterruptedException {
		Path list = Files.writeString(this.directory.resolve("codes"), codes);
		Path look = Files.writeString(this.directory.resolve("look"), """
				echo look >>%1$s/looks
				code=$(head -n 1 %2$s)
				sed -i 1d %2$s
				exit $code
				""".formatted(this.directory, list));
		Map<String, Object> values = Chart.values("init-container");
		values.put("migration", Map.of("mode", "init-container", "wait",
				Map.of("limitSeconds", limitSeconds, "intervalSeconds", 1, "command", List.of("sh", look.toString()))));
		Container container = Manifest.read(Chart.copyTo(this.directory).render(values))
			.stream()
			.filter(Manifest::hasPods)
			.findFirst()
			.orElseThrow()
			.container("wait-for-schema");
		List<String> command = new ArrayList<>(container.words("command"));
		command.addAll(container.words("args"));
		assertThat(command).endsWith("--adk.migration.job=check");
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start()
			.waitFor();
	}

	private int looks() throws IOException {
		return Files.readAllLines(this.directory.resolve("looks")).size();
	}

}
