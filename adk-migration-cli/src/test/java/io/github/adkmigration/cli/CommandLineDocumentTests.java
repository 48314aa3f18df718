package io.github.adkmigration.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.adkmigration.test.AdkDatabase;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/command-line.md} says what the command does. With
 * {@code -Dadk.test.write-docs=true} the examples are written instead of compared.
 */
class CommandLineDocumentTests {

	private static final Path DOCUMENT = Path.of(System.getProperty("adk.test.docs", "docs"), "command-line.md");

	private static final String BEGIN = "<!-- json: generated -->\n";

	private static final String END = "<!-- json: end -->";

	/** One after the other, on one database. */
	private static final List<String> EXAMPLES = List.of("status", "check", "plan", "sql", "verify", "upgrade --to +9",
			"upgrade --application-version 1.4.0", "retry-quarantine", "history", "downgrade --to base --dry-run",
			"downgrade --to base", "stamp base", "unlock");

	private static final int LONGEST_LIST = 2;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	@AdkDatabase(fixture = "adk-python-1.15-sample")
	void theDocumentsOfEachVerbAreThoseOfTheExamples(TestDatabase database) throws IOException {
		StringBuilder section = new StringBuilder();
		for (String example : EXAMPLES) {
			example(section, example, database);
		}
		try (TestDatabase target = TestDatabases.sqlite().newDatabase()) {
			example(section, "copy --source-url sqlite:///sessions.db", target, "copy", "--source-url",
					ArgumentTests.url(database));
		}
		String document = Files.readString(DOCUMENT);
		int begin = document.indexOf(BEGIN) + BEGIN.length();
		int end = document.indexOf(END);
		if (Boolean.getBoolean("adk.test.write-docs")) {
			Files.writeString(DOCUMENT, document.substring(0, begin) + section + "\n" + document.substring(end));
			return;
		}
		assertThat(document.substring(begin, end).strip()).isEqualTo(section.toString().strip());
	}

	@Test
	void everyVerbAndEveryOptionIsDescribed() throws IOException {
		String document = Files.readString(DOCUMENT);
		Map<String, CommandLine> verbs = AdkMigrate
			.commandLine(new Surroundings(Map.of(), System.out, System.err, new Secrets()))
			.getSubcommands();
		assertThat(verbs).isNotEmpty();
		assertThat(verbs.keySet()).allSatisfy((verb) -> assertThat(document).contains("| `" + verb));
		Stream<OptionSpec> options = verbs.values()
			.stream()
			.filter((verb) -> verb.getCommand() instanceof Verb)
			.flatMap((verb) -> verb.getCommandSpec().options().stream());
		assertThat(options.map(OptionSpec::longestName).distinct())
			.allSatisfy((option) -> assertThat(document).contains("`" + option));
	}

	private static void example(StringBuilder section, String line, TestDatabase database, String... verb) {
		List<String> arguments = new ArrayList<>(verb.length == 0 ? List.of(line.split(" ")) : List.of(verb));
		arguments.addAll(List.of("--db-url", ArgumentTests.url(database), "--output", "json"));
		Invocation invocation = Invocation.of(Map.of(), arguments.toArray(String[]::new));
		section.append("\n`adk-migrate ")
			.append(line)
			.append(" --output json`\n\n```json\n")
			.append(lasting(invocation.out(), database))
			.append("```\n");
	}

	/**
	 * Return a document without what differs from run to run, and with lists cut short.
	 */
	private static String lasting(String document, TestDatabase database) {
		JsonNode tree = JSON.readTree(document);
		shorten(tree);
		String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
		return text.replace(database.file().orElseThrow().getFileName().toString(), "sessions.db")
			.replaceAll("\"durationMillis\" ?: \\d+", "\"durationMillis\" : 12")
			.replaceAll("\"instance\" ?: \"[^\"]*\"", "\"instance\" : \"worker-1/4711/3f9c\"")
			.replaceAll("\"libraryVersion\" ?: \"[^\"]*\"", "\"libraryVersion\" : \"0.1.0\"")
			.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
					"5b0f8a0e-4c57-4a52-9d6c-0f2f5b7c1e11")
			.replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z", "20261120T090000.000Z")
			.replaceAll("\"rowsPerSecond\" ?: \\d+", "\"rowsPerSecond\" : 1250")
			.replaceAll("\"freeBytes\" ?: \\d+", "\"freeBytes\" : 10000000000")
			.replaceAll("(?<!\"instant\" : \")\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-11-20T09:00:00Z") + "\n";
	}

	private static void shorten(JsonNode node) {
		if (node instanceof ArrayNode list) {
			while (list.size() > LONGEST_LIST) {
				list.remove(list.size() - 1);
			}
			list.forEach(CommandLineDocumentTests::shorten);
		}
		else if (node instanceof ObjectNode object) {
			object.forEach(CommandLineDocumentTests::shorten);
		}
	}

}
