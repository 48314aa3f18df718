package io.github.adkmigration.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Helm prints after an installation.
 */
class ChartNotesTests {

	private static final Pattern OBJECT = Pattern.compile("(job|deployment|service)/(\\S+)");

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void everyObjectThatIsNamedExists(String name) {
		Chart chart = Chart.copyTo(this.directory);
		List<Manifest> manifests = Manifest.read(Chart.rendered(name, this.directory));
		List<MatchResult> named = OBJECT.matcher(chart.notes(Chart.values(name))).results().toList();
		assertThat(named).isNotEmpty()
			.allSatisfy((match) -> assertThat(manifests)
				.anyMatch((manifest) -> manifest.kind().equalsIgnoreCase(match.group(1))
						&& manifest.name().equals(match.group(2))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			hook           | helm rollback support --namespace agents
			job            | A job migrates the session tables while the pods wait for it
			argocd         | Argo CD migrates the session tables before each sync
			init-container | --container wait-for-schema
			on-start       | Each pod brings the session tables up to date when it starts
			""")
	void theModeIsExplained(String mode, String text) {
		assertThat(Chart.copyTo(this.directory).notes(Chart.values(mode))).contains(text);
	}

	@Test
	void theVersionIsNamed() {
		assertThat(Chart.copyTo(this.directory).notes(Chart.values("hook"))).startsWith("support-adk-agent 1.4.0 ");
	}

}
