package io.github.adkmigration.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators rely on.
 */
class ChartContractTests {

	private static final String SERVER = "database: {host: db, name: agents}\n";

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			image: {repository: r.example.org/a}                                        | 0.1.0
			image: {repository: r.example.org/a, tag: 1.3.0}                            | 1.3.0
			{image: {repository: r.example.org/a, tag: nightly}, applicationVersion: 7} | 7
			""")
	void aRollbackReturnsToTheVersionOfTheReleaseWhoseHookRuns(String image, String version) {
		Map<String, Object> values = new Yaml().load(image.replace("applicationVersion: 7", "applicationVersion: '7'"));
		values.putAll(new Yaml().load(SERVER));
		Manifest rollback = named(render(values), "support-adk-agent-rollback");
		assertThat(rollback.annotations()).containsEntry("helm.sh/hook", "pre-rollback");
		assertThat(rollback.container("migrate").words("args")).containsExactly("--adk.migration.job=downgrade",
				"--adk.migration.job.to-app-version=" + version);
	}

	@Test
	void theVersionThatIsRecordedIsTheOneThatARollbackReturnsTo() {
		List<Manifest> manifests = rendered("hook");
		assertThat(manifests).filteredOn(Manifest::hasPods)
			.hasSize(3)
			.allSatisfy((manifest) -> assertThat(manifest.containers()
				.get(0)
				.environment((secret, key) -> "")
				.get("ADK_MIGRATION_APPLICATION_VERSION")).isEqualTo("1.4.0"));
	}

	@Test
	void anImageOfItsOwnIsAskedInItsOwnWords() {
		List<Manifest> manifests = rendered("hook-adk-migrate");
		assertThat(named(manifests, "support-adk-agent-migrate").container("migrate").words("args"))
			.containsExactly("upgrade", "--timeout", "60");
		assertThat(named(manifests, "support-adk-agent-rollback").container("migrate").words("args"))
			.containsExactly("downgrade", "--to-app-version", "1.4.0", "--timeout", "60");
	}

	@Test
	void aDowngradeCanBeCommitted() {
		assertThat(named(rendered("argocd-downgrade"), "support-adk-agent-migrate").container("migrate").words("args"))
			.containsExactly("--adk.migration.job=downgrade", "--adk.migration.job.to-app-version=1.3.0");
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void onlyTheModeOnStartLetsPodsOfTheApplicationChangeTheSchema(String name) {
		boolean onStart = name.equals("on-start") || name.equals("sqlite");
		assertThat(named(rendered(name), "support-adk-agent").container("agent").variables())
			.contains(Map.of("name", "ADK_AUTO_MIGRATE_DB", "value", String.valueOf(onStart)));
	}

	@ParameterizedTest
	@CsvSource({ "hook, 1", "job, 1", "argocd, 1", "init-container, 0", "on-start, 0" })
	void eachModeHasTheJobThatItNeeds(String mode, int jobs) {
		assertThat(rendered(mode))
			.filteredOn((manifest) -> manifest.kind().equals("Job") && !manifest.name().endsWith("-rollback"))
			.hasSize(jobs);
	}

	@ParameterizedTest
	@CsvSource({ "hook, false", "job, true", "argocd, false", "init-container, true", "on-start, false",
			"cloud-sql, true" })
	void podsWaitWhereNothingElseKeepsTheOrder(String name, boolean waits) {
		assertThat(named(rendered(name), "support-adk-agent").containers())
			.anyMatch((container) -> container.name().equals("wait-for-schema") == waits);
	}

	@Test
	void aJobWithoutHookHasAnotherNameForOtherValues() {
		Map<String, Object> values = Chart.values("job");
		Manifest first = only(render(values), "Job");
		assertThat(first.name()).startsWith("support-adk-agent-migrate-r1-").hasSizeLessThanOrEqualTo(63);
		assertThat(first.annotations()).isEmpty();
		values.put("replicaCount", 3);
		assertThat(only(render(values), "Job").name()).isNotEqualTo(first.name());
	}

	@Test
	void namesOfJobsFitIntoALabel() {
		Map<String, Object> values = Chart.values("job");
		values.put("fullnameOverride", "a".repeat(63));
		assertThat(only(render(values), "Job").name()).hasSizeLessThanOrEqualTo(63);
	}

	@Test
	void aHookHasItsServiceAccountBeforeIt() {
		List<Manifest> manifests = rendered("hook");
		Manifest account = named(manifests, "support-adk-agent-migration");
		Manifest job = named(manifests, "support-adk-agent-migrate");
		assertThat(job.text("spec.template.spec.serviceAccountName")).isEqualTo(account.name());
		assertThat(weight(account)).isLessThan(weight(job));
		assertThat(account.annotations().get("helm.sh/hook")).isEqualTo("pre-install,pre-upgrade,pre-rollback");
	}

	@Test
	void argoCdHasTheServiceAccountBeforeTheJob() {
		List<Manifest> manifests = rendered("argocd");
		assertThat(manifests).filteredOn((manifest) -> manifest.name().contains("-migrat"))
			.hasSize(2)
			.allSatisfy((manifest) -> assertThat(manifest.annotations()).containsEntry("argocd.argoproj.io/hook",
					"PreSync"));
		assertThat(String
			.valueOf(named(manifests, "support-adk-agent-migration").annotations().get("argocd.argoproj.io/sync-wave")))
			.isEqualTo("-10");
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void theServiceSendsNothingToPodsOfJobs(String name) {
		List<Manifest> manifests = rendered(name);
		Map<String, Object> selector = Manifest.map(only(manifests, "Service").at("spec.selector"));
		assertThat(named(manifests, "support-adk-agent").podLabels()).containsAllEntriesOf(selector);
		assertThat(manifests).filteredOn((manifest) -> manifest.kind().equals("Job"))
			.noneMatch((manifest) -> manifest.podLabels().entrySet().containsAll(selector.entrySet()));
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void everyContainerHasTheLeastRights(String name) {
		assertThat(rendered(name)).filteredOn(Manifest::hasPods).isNotEmpty().allSatisfy((manifest) -> {
			assertThat(manifest.at("spec.template.spec.securityContext.runAsNonRoot")).isEqualTo(true);
			assertThat(manifest.text("spec.template.spec.securityContext.seccompProfile.type"))
				.isEqualTo("RuntimeDefault");
			assertThat(manifest.at("spec.template.spec.automountServiceAccountToken")).isEqualTo(false);
			assertThat(manifest.containers()).allSatisfy((container) -> {
				assertThat(container.content().get("securityContext")).isEqualTo(Map.of("allowPrivilegeEscalation",
						false, "readOnlyRootFilesystem", true, "capabilities", Map.of("drop", List.of("ALL"))));
				assertThat(container.content()).containsKey("resources");
			});
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.chart.Chart#cases")
	void passwordsComeFromSecretsOnly(String name) {
		List<Manifest> manifests = rendered(name);
		assertThat(manifests).noneMatch((manifest) -> manifest.kind().equals("Secret"));
		assertThat(manifests).filteredOn(Manifest::hasPods)
			.flatMap(Manifest::containers)
			.flatMap(Container::variables)
			.filteredOn((variable) -> String.valueOf(variable.get("name")).contains("PASSWORD"))
			.allSatisfy((variable) -> assertThat(variable).containsKey("valueFrom").doesNotContainKey("value"));
	}

	@ParameterizedTest
	@CsvSource({ "hook, 300", "on-start, 2100", "sqlite, 3900" })
	void theStartMayTakeAsLongAsTheMigrationInIt(String name, int seconds) {
		Manifest deployment = named(rendered(name), "support-adk-agent");
		Manifest probe = new Manifest(
				Manifest.map(Objects.requireNonNull(deployment.container("agent").content().get("startupProbe"))));
		assertThat(probe.number("periodSeconds") * probe.number("failureThreshold")).isEqualTo(seconds);
		assertThat(deployment.number("spec.progressDeadlineSeconds")).isGreaterThan(seconds);
	}

	@Test
	void livenessAsksNothingOfTheDatabase() {
		Container agent = named(rendered("hook"), "support-adk-agent").container("agent");
		assertThat(agent.content().get("livenessProbe")).asString().contains("/actuator/health/liveness");
		assertThat(agent.content().get("readinessProbe")).asString().contains("/actuator/health/readiness");
		assertThat(agent.variables()).contains(Map.of("name", "MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE",
				"value", "readinessState,adkMigration"));
	}

	@Test
	void triesThatCannotEndOtherwiseAreNotRepeated() {
		Manifest job = named(rendered("hook"), "support-adk-agent-migrate");
		assertThat(job.at("spec.podFailurePolicy.rules")).asString()
			.contains("action=FailJob")
			.contains("values=[2, 5, 6, 7, 8]");
		assertThat(job.text("spec.template.spec.restartPolicy")).isEqualTo("Never");
	}

	@Test
	void aSqliteFileIsOpenInOnePodAtATime() {
		List<Manifest> manifests = rendered("sqlite");
		Manifest deployment = named(manifests, "support-adk-agent");
		assertThat(deployment.text("spec.strategy.type")).isEqualTo("Recreate");
		assertThat(deployment.number("spec.replicas")).isEqualTo(1);
		Manifest claim = only(manifests, "PersistentVolumeClaim");
		assertThat(claim.at("spec.accessModes")).isEqualTo(List.of("ReadWriteOnce"));
		assertThat(claim.annotations()).containsEntry("helm.sh/resource-policy", "keep");
		assertThat(deployment.podSpec().toString()).contains(claim.name());
	}

	@Test
	void theProxyIsThereBeforeAndAsLongAsOthersNeedIt() {
		assertThat(rendered("cloud-sql")).filteredOn(Manifest::hasPods).hasSize(3).allSatisfy((manifest) -> {
			Container first = manifest.containers().get(0);
			assertThat(first.name()).isEqualTo("cloud-sql-proxy");
			assertThat(first.content()).containsEntry("restartPolicy", "Always");
		});
	}

	@Test
	void urlsArePutTogetherFromWhatTheSecretHolds() {
		Container agent = named(rendered("argocd"), "support-adk-agent").container("agent");
		assertThat(agent.environment((secret, key) -> secret + "-" + key).get("SPRING_DATASOURCE_URL"))
			.isEqualTo("jdbc:postgresql://agent-database-host:agent-database-port/agent-database-dbname"
					+ "?sslmode=verify-full");
	}

	@Test
	void jobsWorkAsTheUserWhoMayChangeTheSchema() {
		Map<String, Object> values = Chart.values("hook");
		values.put("migration", Map.of("database", Map.of("existingSecret", "owner")));
		List<Manifest> manifests = render(values);
		Map<String, String> job = named(manifests, "support-adk-agent-migrate").container("migrate")
			.environment((secret, key) -> secret + "-" + key);
		assertThat(job).containsEntry("ADK_MIGRATION_USER", "owner-username")
			.containsEntry("ADK_MIGRATION_PASSWORD", "owner-password")
			.containsEntry("SPRING_DATASOURCE_USERNAME", "agent-database-username");
		assertThat(named(manifests, "support-adk-agent").container("agent").environment((secret, key) -> ""))
			.doesNotContainKeys("ADK_MIGRATION_USER", "ADK_MIGRATION_PASSWORD");
	}

	@Test
	void settingsReachApplicationAndJob() {
		assertThat(rendered("hook")).filteredOn(Manifest::hasPods)
			.hasSize(3)
			.allSatisfy((manifest) -> assertThat(manifest.containers().get(0).variables())
				.contains(Map.of("name", "ADK_MIGRATION_LEGACY_TIME_ZONE", "value", "America/New_York")));
	}

	private List<Manifest> rendered(String name) {
		return Manifest.read(Chart.rendered(name, this.directory));
	}

	private List<Manifest> render(Map<String, Object> values) {
		return Manifest.read(Chart.copyTo(this.directory).render(values));
	}

	private static int weight(Manifest manifest) {
		return Integer.parseInt(String.valueOf(manifest.annotations().get("helm.sh/hook-weight")));
	}

	private static Manifest named(List<Manifest> manifests, String name) {
		return manifests.stream()
			.filter((manifest) -> manifest.name().equals(name)
					&& (manifest.hasPods() || manifest.kind().equals("ServiceAccount") && name.endsWith("-migration")))
			.findFirst()
			.orElseThrow();
	}

	private static Manifest only(List<Manifest> manifests, String kind) {
		assertThat(manifests).filteredOn((manifest) -> manifest.kind().equals(kind)).hasSize(1);
		return manifests.stream().filter((manifest) -> manifest.kind().equals(kind)).findFirst().orElseThrow();
	}

}
