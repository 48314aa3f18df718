package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Rows of every layout on every database that has it, also those that belong to nothing.
 */
class OtherWriterRowTests {

	static Stream<Arguments> layouts() {
		List<String> names = Stream
			.concat(OtherRows.DOCUMENTS.stream(), Stream.of("sqlspec-0.31.0", "go-2.0.0", "java-pr654"))
			.toList();
		return OtherRows.on(names);
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("layouts")
	void everyRowIsConvertedKeptOrListedAndComesBack(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			OtherRows rows = new OtherRows(layout, database).create();
			fill(rows);
			Contents before = Contents.of(database);
			try (TestDatabase target = database.dialect() == DatabaseDialect.MYSQL
					? Copies.database(DatabaseDialect.POSTGRESQL) : Copies.sqlite()) {
				Copies.copy(database, target);
				assertThat(Contents.of(database)).isEqualTo(before);
				MigrationReport report = Migrations.migrateToHead(database);
				assertThat(HeadContent.of(database).differences(HeadContent.of(target))).isEmpty();
				assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 0, 0, 1));
				assertThat(report.notes()).anyMatch((note) -> note.startsWith("1 events belong to no session"));
			}
			Map<String, JsonNode> events = MigratedEvents.read(database);
			assertThat(events).containsOnlyKeys("app/u/s/good");
			assertThat(Objects.requireNonNull(events.get("app/u/s/good")).get("timestamp").asDouble())
				.isCloseTo(rows.instant(), within(5e-5));
			assertThat(Sql.column(database, "SELECT kind FROM adk_migration_quarantine WHERE session_id = 'gone'"))
				.containsExactly("orphaned");
			assertThat(Sql.column(database, "SELECT id FROM sessions ORDER BY id")).containsExactly("empty", "s");
			assertThat(MigratedEvents.state(database, "s").get("k").asInt()).isEqualTo(1);
			assertThat(MigratedEvents.state(database, "s").has("temp:t")).isFalse();
			if (rows.prefixed()) {
				assertThat(MigratedEvents.state(database, "empty").get("app:theme").asString()).isEqualTo("dark");
				assertThat(MigratedEvents.state(database, "empty").get("user:lang").asString()).isEqualTo("fr");
			}
			else {
				assertThat(Sql.text(database, "SELECT state FROM app_states WHERE app_name = 'other'")).contains("k");
			}
			assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).verify().differences())
				.isEmpty();
			Migrations.downgrade(database, DowngradeTarget.base());
			assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		}
	}

	/**
	 * Nothing but the look at the end can find it: adk-js has no foreign key, and the new
	 * table none yet. On MySQL and MariaDB it has one, which keeps the session.
	 */
	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anEventWhoseSessionIsDeletedDuringTheCopyIsAnOrphan(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("js-1.3.0", database).create();
		rows.session("deleted");
		rows.event("good", "s", rows.document("good", ""));
		rows.event("lost", "deleted", rows.document("lost", ""));
		AtomicBoolean deleted = new AtomicBoolean();
		DataSource watched = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains("SET last_key") && deleted.compareAndSet(false, true)) {
				Sql.execute(database, "DELETE FROM sessions WHERE id = 'deleted'");
			}
		});
		assertThat(Migrations.migrator(watched, Migrations.settings()).migrate().rows())
			.isEqualTo(new RowCounts(2, 1, 0, 0, 1));
		assertThat(deleted).isTrue();
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("app/u/s/good");
	}

	private static void fill(OtherRows rows) throws SQLException {
		TestDatabase database = rows.database();
		rows.session("empty");
		event(rows, "lost");
		String past = switch (database.dialect()) {
			case POSTGRESQL -> "SET session_replication_role = replica";
			case MYSQL, MARIADB -> "SET FOREIGN_KEY_CHECKS = 0";
			case SQLITE, H2 -> "PRAGMA foreign_keys = OFF";
		};
		if (rows.layout().equals("go-2.0.0") && database.dialect() == DatabaseDialect.POSTGRESQL) {
			past = "ALTER TABLE events DROP CONSTRAINT fk_sessions_events";
		}
		Sql.execute(database, past, "UPDATE " + rows.events() + " SET session_id = 'gone'");
		event(rows, "good");
		String state = "{\"k\":1}";
		if (rows.prefixed()) {
			state = "{\"k\":1,\"app:theme\":\"dark\",\"user:lang\":\"fr\",\"temp:t\":1}";
		}
		else {
			rows.stateWithoutSession();
		}
		Sql.execute(database, "UPDATE " + rows.sessions() + " SET state = '" + state + "' WHERE user_id = 'u' AND "
				+ (rows.layout().startsWith("java-pr647") ? "session_id" : "id") + " = 's'");
	}

	private static void event(OtherRows rows, String id) throws SQLException {
		if (OtherRows.DOCUMENTS.contains(rows.layout())) {
			rows.event(id, "s", rows.document(id, ""));
		}
		else {
			rows.columns(id, "s", rows.sqlspec() ? V0Rows.EMPTY_ACTIONS : V0Rows.text("{}"), "{\"role\":\"user\"}");
		}
	}

}
