package io.github.adkmigration.autoconfigure.job;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One job for several targets, of which the second holds a table of somebody else.
 */
class MigrationJobTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final Map<String, AdkMigrator> targets = new LinkedHashMap<>();

	@BeforeEach
	void fill() {
		for (String name : new String[] { "acme", "globex", "initech" }) {
			this.targets.put(name, migrator(name + "_"));
		}
		new JdbcTemplate(this.database.dataSource()).execute("CREATE TABLE globex_sessions (number INTEGER)");
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void stopsAtTheTargetThatFailsAndSaysWhatWasSkipped() {
		JobResult result = run(JobVerb.UPGRADE, false);
		assertThat(result.exitCode()).isEqualTo(6);
		assertThat(result.summary()).startsWith("created, from empty to python-2.10.0.")
			.contains("\ntarget acme: created", "\ntarget globex: The tables are not those")
			.endsWith("\ntarget initech: skipped.");
		assertThat(result.text()).contains("\n\nTarget acme:\n-----");
		assertThat(compatibility("acme")).isEqualTo(Compatibility.EQUAL);
		assertThat(compatibility("initech")).isEqualTo(Compatibility.BEHIND);
	}

	@Test
	void goesOnWithTheOthersWhereThatIsWanted() {
		JobResult result = run(JobVerb.UPGRADE, true);
		assertThat(result.exitCode()).isEqualTo(6);
		assertThat(result.summary()).contains("\ntarget initech: created");
		assertThat(compatibility("initech")).isEqualTo(Compatibility.EQUAL);
	}

	@Test
	void whatOnlyReadsAnswersForAllOfThem() {
		JobResult result = run(JobVerb.CHECK, false);
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.summary()).contains("\ntarget globex: The tables are not those", "\ntarget initech: ")
			.doesNotContain("skipped");
	}

	private JobResult run(JobVerb verb, boolean goesOn) {
		return new MigrationJob(migrator(""), this.targets, goesOn).run(verb, JobArguments.of(new MockEnvironment()));
	}

	private Compatibility compatibility(String target) {
		return migrator(target + "_").status().compatibility();
	}

	private AdkMigrator migrator(String prefix) {
		return AdkMigrator.create(this.database.dataSource())
			.settings(MigrationSettings.defaults().withTables(SessionTables.withPrefix(prefix)))
			.build();
	}

}
