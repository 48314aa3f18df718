package io.github.adkmigration.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.adkmigration.test.LeakScan;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What all tests of all modules have logged holds no password, no URL with credentials
 * and nothing of a conversation. It is here because this module is built last.
 */
class SuiteLeakTests {

	private static final Path ROOT = Path.of("..", "..");

	private static final List<String> MODULES = List.of("adk-migration-test", "adk-session-jdbc",
			"adk-migration-autoconfigure", "adk-migration-cli", "sample-app");

	@Test
	void aLeakWouldBeFound() {
		String said = Fixtures.named("python-1.14.1.sqlite").readback().findValuesAsString("text").get(0);
		assertThat(LeakScan.of("A log with " + said)).singleElement().asString().startsWith("text of a conversation");
		assertThat(LeakScan.of("connecting to postgresql://agent:swordfish@db/chat")).hasSize(1);
		assertThat(LeakScan.of("jdbc:postgresql://db/chat?user=agent&password=swordfish")).hasSize(1);
		assertThat(LeakScan.of("the password s3cr3t-1234 was refused")).hasSize(1);
		assertThat(LeakScan.of("postgresql://agent:***@db/chat?password=*** is masked")).isEmpty();
	}

	@Test
	void nothingLeaksIntoTheLogsOfTheSuite() throws Exception {
		List<String> found = new ArrayList<>();
		for (String module : MODULES) {
			List<Path> reports = reports(module);
			assumeThat(reports).as("the reports of " + module + ", which a build of all modules has").isNotEmpty();
			for (Path report : reports) {
				for (String finding : LeakScan.of(output(report))) {
					found.add(report.getFileName() + ": " + finding);
				}
			}
		}
		assertThat(found).isEmpty();
	}

	private static List<Path> reports(String module) throws IOException {
		Path directory = ROOT.resolve(module).resolve("target").resolve("surefire-reports");
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList();
		}
	}

	/**
	 * Return what tests have logged, but not their names: those of parameters are chosen
	 * to be bad.
	 */
	private static String output(Path report) throws Exception {
		StringBuilder output = new StringBuilder();
		Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
		for (String stream : List.of("system-out", "system-err")) {
			NodeList nodes = document.getElementsByTagName(stream);
			for (int i = 0; i < nodes.getLength(); i++) {
				output.append(nodes.item(i).getTextContent()).append('\n');
			}
		}
		return output.toString();
	}

}
