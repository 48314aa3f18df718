package io.github.adkmigration.chart;

import java.nio.file.Path;
import java.util.Map;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code helm lint --strict}.
 */
class ChartLintTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void everyCaseIsFlawless(String name) {
		LintResult result = Chart.copyTo(this.directory).lint(Chart.values(name));
		assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
		assertThat(result.getMessages()).noneMatch((message) -> message.contains("[WARNING]"));
	}

	@Test
	void theDefaultsAreFlawless() {
		LintResult result = Chart.copyTo(this.directory).lint(Map.of());
		assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
	}

	@Test
	void aFlawWouldBeNoticed() {
		LintResult result = Chart.copyTo(this.directory).lint(Map.of("replicaCount", "many"));
		assertThat(result.isFailed()).isTrue();
	}

}
