package io.github.adkmigration.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The hooks of two releases, as they are rendered, on a real database: install, upgrade,
 * and the rollback, for which Helm takes the hook of the older release. The newer one
 * adds a column.
 */
class HookCommandTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void aRollbackUndoesWhatTheNewerReleaseDid(MigrationProgram program) throws Exception {
		assumeThat(program.jar()).as("the jar of %s, which mvn verify makes", program).isPresent();
		assumeThat(TestDatabases.embedded(DatabaseDialect.POSTGRESQL).unavailableReason()).isEmpty();
		try (TestDatabase database = TestDatabases.embedded(DatabaseDialect.POSTGRESQL).newDatabase()) {
			List<Manifest> older = release(program, database, "1.3.0", Map.of());
			List<Manifest> newer = release(program, database, "1.4.0", Map.of("owner-id-column", "account_id UUID"));
			run(program, older, "support-adk-agent-migrate", database);
			assertThat(columnsOfSessions(database)).contains("update_time").doesNotContain("account_id");
			run(program, newer, "support-adk-agent-migrate", database);
			assertThat(columnsOfSessions(database)).contains("account_id");
			run(program, older, "support-adk-agent-rollback", database);
			assertThat(columnsOfSessions(database)).contains("update_time").doesNotContain("account_id");
		}
	}

	private List<Manifest> release(MigrationProgram program, TestDatabase database, String version,
			Map<String, Object> settings) {
		Map<String, Object> values = Chart.values("hook");
		values.put("image", Map.of("repository", "registry.example.org/team/agent", "tag", version));
		values.put("database", Map.of("jdbcUrl", database.jdbcUrl(), "existingSecret", "database"));
		values.put("migration", program.migrationValues());
		values.put("settings", settings);
		return Manifest.read(Chart.copyTo(this.directory).render(values));
	}

	private void run(MigrationProgram program, List<Manifest> release, String job, TestDatabase database)
			throws Exception {
		Container container = release.stream()
			.filter((manifest) -> manifest.kind().equals("Job") && manifest.name().equals(job))
			.findFirst()
			.orElseThrow()
			.container("migrate");
		Map<String, String> secret = Map.of("username", database.username(), "password", database.password());
		int exitCode = program.run(container, (name, key) -> secret.getOrDefault(key, ""), this.directory);
		String output = Files.readString(this.directory.resolve("output"));
		assertThat(exitCode).as("%s %s: %s", job, container.words("args"), output).isZero();
	}

	private static List<String> columnsOfSessions(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection();
				ResultSet row = connection.createStatement()
					.executeQuery("SELECT string_agg(column_name, ' ') FROM information_schema.columns"
							+ " WHERE table_schema = 'public' AND table_name = 'sessions'")) {
			row.next();
			return List.of(row.getString(1).split(" "));
		}
	}

}
