package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.KillableServer;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The database dies under a run, or only its session does.
 */
class LostConnectionTests {

	static Stream<Arguments> moments() {
		return FaultyRun.servers()
			.flatMap((provider) -> Stream.of(true, false)
				.map((copy) -> Arguments.of(Named.of(provider.name(), provider),
						Named.of(copy ? "the copy" : "the swap", copy))));
	}

	@ParameterizedTest(name = "{0} in {1}", allowZeroInvocations = true)
	@MethodSource("moments")
	void aKilledServerThatReturnsIsMigratedByTheNextStart(DatabaseProvider provider, boolean copy) throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (KillableServer server = KillableServer.start(provider); TestDatabase database = server.newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			FaultyRun.Fault kill = () -> {
				try {
					server.kill();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			};
			assertThat(run.losesItsSession(at(run, copy, kill)).action()).containsIgnoringCase("start");
			server.restart();
			run.completes();
		}
	}

	@ParameterizedTest(name = "{0} in {1}", allowZeroInvocations = true)
	@MethodSource("moments")
	void aConnectionThatDropsIsNamedAndTheNextStartCompletes(DatabaseProvider provider, boolean copy)
			throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			DataSource dropping = at(run, copy, () -> endSessions(database));
			assertThat(run.losesItsSession(dropping).action()).containsIgnoringCase("start");
			run.completes();
		}
	}

	private static DataSource at(FaultyRun run, boolean copy, FaultyRun.Fault fault) {
		return copy ? run.inTheCopy(fault) : run.inTheSwap(fault);
	}

	private static void endSessions(TestDatabase database) throws SQLException {
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			Sql.execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
					+ " WHERE datname = current_database() AND pid <> pg_backend_pid()");
			return;
		}
		List<@Nullable String> sessions = Sql.column(database,
				"SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()");
		for (String session : sessions) {
			Sql.execute(database, "KILL " + session);
		}
	}

}
