package io.github.adkmigration.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it is
 */
record Guide(Path file) {

	static final Guide DEVELOPERS = new Guide(Path.of("..", "migration-guide.md"));

	static final Guide OPERATORS = new Guide(Path.of("..", "kubernetes-guide.md"));

	static final Guide TROUBLESHOOTING = new Guide(Path.of("..", "troubleshooting.md"));

	static final Guide CHART = new Guide(Chart.DIRECTORY.resolve("README.md"));

	static Stream<Guide> all() {
		return Stream.of(DEVELOPERS, OPERATORS, TROUBLESHOOTING, CHART);
	}

	String text() {
		try {
			return Files.readString(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the examples of a language, in their order.
	 * @param language what stands behind the back-ticks
	 * @return their contents
	 */
	List<String> examples(String language) {
		return Pattern.compile("(?s)```" + language + "\n(.*?)```")
			.matcher(text())
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	/**
	 * Return the commands of the examples for a shell, each on one line.
	 * @param program the first word or words
	 * @return the commands, with what is behind these words
	 */
	List<String> commands(String program) {
		return examples("shell").stream()
			.flatMap((example) -> example.replaceAll("\\\\\n *", "").lines())
			.filter((line) -> line.startsWith(program + " "))
			.map((line) -> line.substring(program.length() + 1))
			.toList();
	}

	@Override
	public String toString() {
		return this.file.getFileName().toString();
	}

}
