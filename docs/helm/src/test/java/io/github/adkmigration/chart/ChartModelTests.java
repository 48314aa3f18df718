package io.github.adkmigration.chart;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Every object against the model that Kubernetes publishes, unknown fields included.
 */
class ChartModelTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void everyObjectFitsTheModel(String name) {
		List<Manifest> manifests = Manifest.read(Chart.rendered(name, this.directory));
		assertThat(manifests).hasSizeGreaterThan(2).allSatisfy(Manifest::validate);
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void whatKubernetesTakesForTextIsText(String name) {
		for (Manifest manifest : Manifest.read(Chart.rendered(name, this.directory))) {
			assertThat(manifest.annotations().values()).allMatch(String.class::isInstance);
			if (manifest.hasPods()) {
				assertThat(manifest.podLabels().values()).allMatch(String.class::isInstance);
				assertThat(manifest.containers()).allSatisfy((container) -> assertThat(container.variables())
					.filteredOn((variable) -> !variable.containsKey("valueFrom"))
					.allSatisfy((variable) -> assertThat(variable.get("value")).as("%s", variable)
						.isInstanceOf(String.class)));
			}
		}
	}

	@Test
	void anUnknownFieldOfAContainerWouldBeNoticed() {
		Manifest job = job();
		job.container("migrate").content().put("imagePullPolice", "Always");
		assertThatIllegalArgumentException().isThrownBy(job::validate).withMessageContaining("imagePullPolice");
	}

	@Test
	void aMissingFieldWouldBeNoticed() {
		Manifest job = job();
		job.container("migrate").content().remove("name");
		assertThatIllegalArgumentException().isThrownBy(job::validate).withMessageContaining("name");
	}

	private Manifest job() {
		return Manifest.read(Chart.rendered("hook", this.directory))
			.stream()
			.filter((manifest) -> manifest.kind().equals("Job"))
			.findFirst()
			.orElseThrow();
	}

}
