package io.github.adkmigration.chart;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Values that cannot work end with a text that says why, before anything is installed.
 */
class ChartRefusalTests {

	private static final String IMAGE = "image: {repository: registry.example.org/agent, tag: 1.0.0}\n";

	private static final String SERVER = IMAGE + "database: {host: db, name: agents}\n";

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			migration: {mode: helm}                       | migration.mode
			migration: {mode: hook, modus: job}           | modus
			migration: {activeDeadlineSeconds: 0}         | activeDeadlineSeconds
			migration: {ttlSecondsAfterFinished: 5}       | ttlSecondsAfterFinished
			migration: {command: java -jar app.jar}       | migration.command
			replicas: 3                                   | replicas
			replicaCount: '3'                             | replicaCount
			containerPort: 70000                          | containerPort
			settings: {time_zone: UTC}                    | time_zone
			settings: {legacy: {time-zone: UTC}}          | settings.legacy
			env: [{name: DEBUG, value: true}]             | env.0.value
			podLabels: {billing: 7}                       | podLabels.billing
			service: {type: ExternalName}                 | service.type
			probes: {path: actuator/health}               | probes.path
			""")
	void theSchemaNamesTheValue(String values, String path) {
		assertThatThrownBy(() -> render(SERVER + values)).hasMessageContaining("don't meet the specifications")
			.satisfies((ex) -> assertThat(String.valueOf(ex.getMessage()).replace('/', '.')).contains(path));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			database: {kind: oracle, host: db, name: agents}              | database.kind
			database: {host: user@db, name: agents}                       | database.host
			database: {jdbcUrl: postgresql://db/agents}                   | database.jdbcUrl
			database: {host: db, name: agents, secretKeys: {user: u}}     | user
			""")
	void theSchemaNamesTheValueOfADatabase(String values, String path) {
		assertThatThrownBy(() -> render(IMAGE + values)).hasMessageContaining("don't meet the specifications")
			.satisfies((ex) -> assertThat(String.valueOf(ex.getMessage()).replace('/', '.')).contains(path));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					database: {name: agents}                                                | Say where the database is
					database: {host: db}                                                    | Say which database on the server it is
					database: {secretKeys: {url: url}}                                      | set database.existingSecret to that secret
					database: {jdbcUrl: "jdbc:postgresql://db/agents?password=secret"}      | would store in the clear
					database: {jdbcUrl: "jdbc:postgresql://user:secret@db/agents"}          | would store in the clear
					{database: {kind: sqlite}, replicaCount: 1}                             | set migration.mode=on-start
					{database: {kind: sqlite}, migration: {mode: on-start}}                 | set replicaCount=1
					{database: {name: agents}, cloudSqlProxy: {enabled: true}}              | needs cloudSqlProxy.instanceConnectionName
					{database: {name: agents}, cloudSqlProxy: {enabled: true, instanceConnectionName: "p:r:i"}} | needs cloudSqlProxy.image.repository
					""")
	void theTemplateSaysWhatIsWrongWithADatabase(String values, String text) {
		Map<String, Object> all = new Yaml().load(values);
		all.put("image", Map.of("repository", "registry.example.org/agent"));
		assertThatThrownBy(() -> Chart.copyTo(this.directory).render(all)).hasMessageContaining(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					migration: {mode: on-start, downgradeTo: 1.0.0}               | migration.mode=on-start has none
					migration: {image: {repository: registry.example.org/tool}}   | needs migration.image.tag
					ingress: {enabled: true}                                      | needs ingress.hosts
					settings: {password: secret}                                  | settings.password would be stored in the clear
					settings: {job: check}                                        | settings.job is the chart's to set
					""")
	void theTemplateSaysWhatIsMissing(String values, String text) {
		assertThatThrownBy(() -> render(SERVER + values)).hasMessageContaining(text);
	}

	@Test
	void anImageIsRequired() {
		assertThatThrownBy(() -> render("database: {host: db, name: agents}"))
			.hasMessageContaining("Set image.repository to the image of your application");
	}

	@Test
	void aDigestAloneIsNoVersion() {
		String digest = "sha256:" + "0".repeat(64);
		assertThatThrownBy(() -> render("image: {repository: registry.example.org/agent, digest: '" + digest + "'}\n"
				+ "database: {host: db, name: agents}"))
			.hasMessageContaining("set image.tag or applicationVersion too");
	}

	@Test
	void theValuesAroundTheMistakesAreRight() {
		assertThat(render(SERVER)).contains("kind: Deployment");
	}

	private String render(String values) {
		return Chart.copyTo(this.directory).render(new Yaml().load(values));
	}

}
