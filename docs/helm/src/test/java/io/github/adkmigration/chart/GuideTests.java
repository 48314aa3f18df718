package io.github.adkmigration.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guides tell a reader to write.
 */
class GuideTests {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");

	private static final Pattern PROPERTY = Pattern.compile("(?<![\\w.-])adk\\.[a-z][a-z.-]*[a-z]");

	private static final Pattern REFERENCE = Pattern.compile("(?m)^\\| `(adk\\.[a-z.-]+)`");

	private static final Pattern VALUE = Pattern
		.compile("`((?:migration|database|cloudSqlProxy)(?:\\.[A-Za-z]+)+)[`=]");

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Guide#all")
	void everyLinkLeadsToAPlace(Guide guide) {
		assertThat(LINK.matcher(guide.text()).results().filter((link) -> !link.group(1).startsWith("http")))
			.isNotEmpty()
			.allSatisfy((link) -> {
				Path target = link.group(1).isEmpty() ? guide.file() : guide.file().resolveSibling(link.group(1));
				assertThat(target).exists();
				if (link.group(2) != null) {
					assertThat(anchors(new Guide(target))).contains(link.group(2));
				}
			});
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Guide#all")
	void everyPropertyIsOneThatExists(Guide guide) {
		List<String> known = REFERENCE.matcher(new Guide(Path.of("..", "configuration.md")).text())
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(PROPERTY.matcher(guide.text()).results().map((match) -> match.group()))
			.filteredOn((property) -> !property.startsWith("adk.migration.job"))
			.allMatch((property) -> known.stream().anyMatch((name) -> (name + ".").startsWith(property + ".")));
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Guide#all")
	void everyValueOfTheChartIsOneThatExists(Guide guide) {
		Map<String, Object> values = Chart.load(Chart.DIRECTORY.resolve("values.yaml"));
		assertThat(VALUE.matcher(guide.text()).results().map((match) -> match.group(1)))
			.allSatisfy((path) -> assertThat(new Manifest(values).at(path)).isNotNull());
	}

	@Test
	void objectsForKubernetesFitTheModel() {
		List<Manifest> manifests = Guide.OPERATORS.examples("yaml")
			.stream()
			.flatMap((example) -> Manifest.read(example).stream())
			.filter((manifest) -> manifest.content().containsKey("apiVersion"))
			.filter((manifest) -> !manifest.text("apiVersion").startsWith("argoproj.io"))
			.toList();
		assertThat(manifests).isNotEmpty().allSatisfy(Manifest::validate);
	}

	@Test
	void thePlainJobIsTheOneOfTheChart() {
		Manifest ours = Manifest.read(Chart.rendered("hook", this.directory))
			.stream()
			.filter((manifest) -> manifest.kind().equals("Job") && manifest.name().endsWith("-migrate"))
			.findFirst()
			.orElseThrow();
		Manifest plain = Guide.OPERATORS.examples("yaml")
			.stream()
			.flatMap((example) -> Manifest.read(example).stream())
			.filter((manifest) -> "Job".equals(manifest.content().get("kind")))
			.findFirst()
			.orElseThrow();
		assertThat(plain.at("spec.podFailurePolicy")).isEqualTo(ours.at("spec.podFailurePolicy"));
		assertThat(plain.container("migrate").words("args")).isEqualTo(ours.container("migrate").words("args"));
		assertThat(plain.container("migrate").content().get("securityContext"))
			.isEqualTo(ours.container("migrate").content().get("securityContext"));
	}

	@Test
	void valuesOfTheChartCanBeRendered() {
		List<Map<String, Object>> examples = Guide.all()
			.flatMap((guide) -> guide.examples("yaml").stream())
			.map((example) -> Manifest.read(example).get(0).content())
			.map((example) -> example.containsKey("apiVersion") ? argoCdValues(example) : example)
			.filter((example) -> !example.isEmpty())
			.toList();
		assertThat(examples).hasSizeGreaterThan(3).allSatisfy((example) -> {
			Map<String, Object> values = Chart.values("hook");
			values.putAll(example);
			assertThat(Chart.copyTo(this.directory).render(values)).contains("kind: Deployment");
		});
	}

	@Test
	void theChartIsInstalledFromWhereItIs() {
		assertThat(Guide.OPERATORS.commands("helm upgrade")).isNotEmpty()
			.isEqualTo(Guide.CHART.commands("helm upgrade"))
			.allSatisfy((command) -> assertThat(command).contains(" ./docs/helm/adk-agent "));
		assertThat(Path.of("..", "..", "docs", "helm", "adk-agent", "Chart.yaml")).matches(Files::exists);
	}

	private static Map<String, Object> argoCdValues(Map<String, Object> object) {
		return "Application".equals(object.get("kind"))
				? Manifest.map(new Manifest(object).at("spec.source.helm.valuesObject")) : Map.of();
	}

	private static List<String> anchors(Guide guide) {
		return guide.text()
			.lines()
			.filter((line) -> line.matches("#+ .*"))
			.map((line) -> line.replaceFirst("#+ ", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^a-z0-9 _-]", "")
				.replace(' ', '-'))
			.toList();
	}

}
