package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.PreflightCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/troubleshooting.md} against the codes and against the texts that
 * starts really print.
 */
class TroubleshootingGuideTests {

	private static final Pattern SECTION = Pattern.compile("(?ms)^## ([A-Z_]+)\\n(.*?)(?=^## |\\z)");

	private static final Pattern EXAMPLE = Pattern.compile("(?s)<!-- text: ([a-z-]+) -->\n```text\n(.*?)```");

	private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d) \\|");

	@ParameterizedTest
	@EnumSource
	void everyCodeHasASectionWithItsExitCode(MigrationErrorCode code) {
		assertThat(sections()).filteredOn((section) -> section.group(1).equals(code.name()))
			.singleElement()
			.satisfies((section) -> assertThat(section.group(2)).startsWith("\nExit code " + code.exitCode() + ". "));
	}

	@Test
	void noSectionIsAboutACodeThatDoesNotExist() {
		assertThat(sections()).extracting((section) -> section.group(1))
			.containsExactlyElementsOf(Arrays.stream(MigrationErrorCode.values()).map(Enum::name).toList());
	}

	@ParameterizedTest
	@EnumSource
	void everyFindingOfAPlanIsExplained(PreflightCode code) {
		MigrationErrorCode failure = code.failure();
		assertThat(guide())
			.containsPattern("(?m)^\\| `" + code + "` \\| " + code.severity().name().toLowerCase(Locale.ROOT)
					+ " \\| .+ \\| " + ((failure != null) ? failure + " \\|$" : "\\|$"));
	}

	@Test
	void everyExitCodeIsExplained() {
		Set<Integer> explained = EXIT_CODE.matcher(guide())
			.results()
			.map((match) -> Integer.valueOf(match.group(1)))
			.collect(Collectors.toSet());
		assertThat(explained).contains(0)
			.containsAll(Arrays.stream(MigrationErrorCode.values()).map(MigrationErrorCode::exitCode).toList());
	}

	static Stream<String> examples() {
		return EXAMPLE.matcher(guide()).results().map((match) -> match.group(1));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void anExampleIsWhatAStartPrints(String name) {
		String example = EXAMPLE.matcher(guide())
			.results()
			.filter((match) -> match.group(1).equals(name))
			.map((match) -> match.group(2))
			.findFirst()
			.orElseThrow();
		assertThat(example).isEqualTo(golden(name));
	}

	private static List<MatchResult> sections() {
		return SECTION.matcher(guide()).results().toList();
	}

	private static String guide() {
		try {
			return Files.readString(Path.of("..", "docs", "troubleshooting.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String golden(String name) {
		try (InputStream in = TroubleshootingGuideTests.class.getResourceAsStream("/failure-texts/" + name + ".txt")) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
