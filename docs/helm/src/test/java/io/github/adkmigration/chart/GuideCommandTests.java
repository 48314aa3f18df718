package io.github.adkmigration.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The commands of the guide for developers, one after the other, on a database that
 * adk-python 1.15.0 wrote.
 */
class GuideCommandTests {

	@TempDir
	Path directory;

	@BeforeEach
	void copyTheSample() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			Files.copy(database.file().orElseThrow(), this.directory.resolve("sessions.db"));
		}
	}

	@Test
	void theApplicationLooksBeforeItMigrates() throws Exception {
		run(MigrationProgram.APPLICATION, Guide.DEVELOPERS.commands("java -jar application.jar"));
	}

	@Test
	void adkMigrateLooksUpgradesAndGoesBack() throws Exception {
		run(MigrationProgram.ADK_MIGRATE, Guide.DEVELOPERS.commands("java -jar adk-migrate.jar"));
	}

	private void run(MigrationProgram program, List<String> commands) throws Exception {
		assumeThat(program.jar()).as("the jar of %s, which mvn verify makes", program).isPresent();
		assertThat(commands).isNotEmpty();
		for (String command : commands) {
			int exitCode = program.run(List.of(command.split(" ")),
					Map.of("SPRING_DATASOURCE_URL", "jdbc:sqlite:sessions.db"), this.directory);
			assertThat(exitCode).as("%s: %s", command, Files.readString(this.directory.resolve("output"))).isZero();
		}
	}

}
