package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Compares {@code docs/monitoring} with what a started application answers to Prometheus.
 */
class MonitoringTests {

	private static final Path DIRECTORY = Path.of("..", "docs", "monitoring");

	private static final Pattern CODE = Pattern.compile("`([^`]*)`");

	private static Scrape scrape = new Scrape(List.of());

	@BeforeAll
	static void scrape() {
		Fixture fixture = Fixtures.named("python-1.16.0.postgresql");
		try (TestDatabase database = TestDatabases.embedded(DatabaseDialect.POSTGRESQL).newDatabase()) {
			fixture.load(database);
			try (ScrapedApplication application = ScrapedApplication.start(database, "adk.auto-migrate=true",
					"adk.migration.targets.acme.table-prefix=acme_",
					"adk.migration.legacy.time-zone=" + fixture.zone())) {
				scrape = application.scrape();
			}
		}
	}

	@Test
	void theDocumentListsEveryMetricWithItsTags() throws IOException {
		Map<String, Set<String>> documented = new LinkedHashMap<>();
		for (String[] cells : documentedMeters()) {
			Set<String> tags = code(cells[3]);
			code(cells[2]).forEach((metric) -> documented.put(metric, tags));
		}
		assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(scrape.names());
		documented.forEach((metric, tags) -> {
			Set<String> labels = scrape.labels(metric);
			// That of a histogram's buckets.
			labels.remove("le");
			assertThat(labels).as(metric).isEqualTo(tags);
		});
	}

	@Test
	void theNamesInPrometheusAreThoseOfTheMeters() throws IOException {
		for (String[] cells : documentedMeters()) {
			assertThat(code(cells[1])).hasSize(1);
			String meter = code(cells[1]).iterator().next().replace('.', '_');
			assertThat(code(cells[2])).isNotEmpty().allSatisfy((metric) -> assertThat(metric).startsWith(meter));
		}
	}

	@Test
	void everyAlertUsesWhatThereIs() throws IOException {
		Map<String, String> alerts = alerts();
		assertThat(alerts).hasSizeGreaterThan(5)
			.allSatisfy((alert, expression) -> assertThat(PromQuery.of(expression).missingFrom(scrape)).isEmpty());
	}

	@Test
	void everyPanelOfTheDashboardUsesWhatThereIs() throws IOException {
		List<String> expressions = new ArrayList<>();
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DIRECTORY.resolve("dashboard.json")));
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(panel.path("targets").size()).as(panel.path("title").asString()).isPositive();
			panel.path("targets").forEach((target) -> expressions.add(target.path("expr").asString()));
		}
		for (JsonNode variable : dashboard.path("templating").path("list")) {
			Matcher query = Pattern.compile("label_values\\((.*), \\w+\\)").matcher(variable.path("query").asString());
			if (query.matches()) {
				expressions.add(query.group(1));
			}
		}
		assertThat(expressions).hasSizeGreaterThan(12).allSatisfy((expression) -> {
			PromQuery query = PromQuery.of(expression);
			assertThat(query.metrics()).isNotEmpty();
			assertThat(query.missingFrom(scrape)).isEmpty();
		});
		Set<String> shown = new TreeSet<>();
		expressions.forEach((expression) -> shown.addAll(PromQuery.of(expression).metrics()));
		assertThat(documentedMeters()).as("a dashboard that shows every meter")
			.allSatisfy((cells) -> assertThat(code(cells[2])).containsAnyElementsOf(shown));
	}

	@Test
	void aWrongNameInAnExpressionIsSeen() {
		assertThat(PromQuery.of("sum by (job) (adk_migration_lagg{job=\"a\"}) > 0").missingFrom(scrape))
			.containsExactly("metric adk_migration_lagg");
		assertThat(PromQuery.of("up and on (job) rate(adk_migration_runs[5m])").missingFrom(scrape))
			.containsExactly("metric adk_migration_runs", "metric up");
		assertThat(PromQuery.of("adk_migration_runs_total{outcome=~\"failed|exploded\"}").missingFrom(scrape))
			.containsExactly("adk_migration_runs_total{outcome=exploded}");
		assertThat(PromQuery.of("adk_migration_runs_total{result=\"failed\"}").missingFrom(scrape))
			.containsExactly("adk_migration_runs_total{result=failed}");
	}

	@Test
	void everyAlertIsSeenToFireInItsTests() throws IOException {
		Set<String> fired = new TreeSet<>();
		for (JsonNode test : yaml("alerts-test.yml").path("tests")) {
			for (JsonNode expected : test.path("alert_rule_test")) {
				if (!expected.path("exp_alerts").isEmpty()) {
					fired.add(expected.path("alertname").asString());
				}
			}
		}
		assertThat(fired).isEqualTo(new TreeSet<>(alerts().keySet()));
	}

	@Test
	@Timeout(60)
	void promtoolRunsTheTestsOfTheAlerts() throws Exception {
		Optional<Path> promtool = promtool();
		assumeThat(promtool).as("promtool is on the path (package prometheus)").isPresent();
		Process process = new ProcessBuilder(promtool.orElseThrow().toString(), "test", "rules", "alerts-test.yml")
			.directory(DIRECTORY.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("SUCCESS").doesNotContain("FAILED");
		assertThat(process.exitValue()).as(output).isZero();
	}

	private static Optional<Path> promtool() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.map((directory) -> Path.of(directory, "promtool"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static Map<String, String> alerts() throws IOException {
		Map<String, String> alerts = new LinkedHashMap<>();
		for (JsonNode group : yaml("alerts.yml").path("groups")) {
			for (JsonNode rule : group.path("rules")) {
				alerts.put(rule.path("alert").asString(), rule.path("expr").asString());
			}
		}
		return alerts;
	}

	private static JsonNode yaml(String file) throws IOException {
		Object content = new Yaml().load(Files.readString(DIRECTORY.resolve(file)));
		return JsonMapper.shared().valueToTree(content);
	}

	private static List<String[]> documentedMeters() throws IOException {
		String document = Files.readString(DIRECTORY.resolve("README.md"));
		String table = document.substring(document.indexOf("<!-- meters: begin -->"),
				document.indexOf("<!-- meters: end -->"));
		List<String[]> rows = table.lines()
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> line.split("\\|", -1))
			.toList();
		assertThat(rows).isNotEmpty();
		return rows;
	}

	private static Set<String> code(String cell) {
		Set<String> code = new TreeSet<>();
		Matcher matcher = CODE.matcher(cell);
		while (matcher.find()) {
			code.add(matcher.group(1));
		}
		return code;
	}

}
