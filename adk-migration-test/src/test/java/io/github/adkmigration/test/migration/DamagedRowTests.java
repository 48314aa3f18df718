package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Rows of other writers that no reader could read: none of them gets into head, none
 * stops the others where that is allowed, and all are accounted for.
 */
class DamagedRowTests {

	/** Stands in each damaged row, and must not be told. */
	private static final String CONTENT = "told-in-confidence";

	private static final int LARGE = 10_000_000;

	static Stream<Arguments> documents() {
		return OtherRows.on(OtherRows.DOCUMENTS);
	}

	static Stream<Arguments> columns() {
		return OtherRows.on(List.of("sqlspec-0.31.0", "java-pr654", "go-2.0.0", "python-2.10.0-v0"));
	}

	static Stream<Arguments> sessions() {
		return OtherRows
			.on(List.of("python-sqliteservice-1.19.0", "go-2.0.0", "js-0.4.0", "js-1.3.0", "java-pr700", "java-pr654",
					"sqlspec-0.31.0", "sqlspec-0.46.3", "sqlspec-0.69.0"))
			.filter((arguments) -> !String.valueOf(arguments.get()[0]).startsWith("sqlspec")
					|| ((DatabaseProvider) arguments.get()[1]).dialect() == DatabaseDialect.SQLITE);
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("documents")
	void documentsThatNoReaderCouldReadAreQuarantined(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			OtherRows rows = new OtherRows(layout, database).create();
			List<String> reasons = new ArrayList<>();
			rows.event("good", "s",
					rows.document("good", "\"content\":{\"parts\":[{\"text\":\"t\"}]},\"branch\":null,"));
			rows.event("list", "s", "[\"" + CONTENT + "\"]");
			rows.event("text", "s", "\"" + CONTENT + "\"");
			for (String members : rows.java() ? JAVA : PYTHON) {
				rows.event("bad" + reasons.size(), "s", rows.document("bad" + reasons.size(), members));
				reasons.add("UNEXPECTED_VALUE");
			}
			reasons.addAll(List.of("UNEXPECTED_VALUE", "UNEXPECTED_VALUE"));
			if (!rows.java()) {
				rows.event("absent", "s", "{\"id\":\"absent\",\"error_message\":\"" + CONTENT + "\"}");
				reasons.add("MISSING_VALUE");
			}
			if (rows.takesNoDocument()) {
				rows.event("null", "s", null);
				reasons.add("MISSING_VALUE");
			}
			if (!rows.jsonOnly()) {
				rows.event("cut", "s", "{\"author\":\"" + CONTENT);
				rows.event("more", "s", rows.document("more", "") + CONTENT);
				reasons.addAll(List.of("BROKEN_JSON", "BROKEN_JSON"));
			}
			if (!layout.equals("java-pr700")) {
				rows.event("time", "s", rows.document("time", "").replaceFirst("\\d+}$", "1e300}"));
				reasons.add("BAD_TIME");
			}
			quarantined(database, reasons, "good");
		}
	}

	private static final List<String> PYTHON = Stream
		.of("'error_code':5,", "'content':'X',", "'content':{'parts':{'text':'X'}},", "'content':{'parts':['X']},",
				"'actions':['X'],", "'actions':{'state_delta':['X']},", "'actions':{'artifact_delta':{'a':'X'}},",
				"'actions':{'transfer_to_agent':5},", "'partial':'X',", "'long_running_tool_ids':{'X':1},",
				"'long_running_tool_ids':[5],", "'custom_metadata':'X',", "'usage_metadata':[],")
		.map(DamagedRowTests::json)
		.toList();

	private static final List<String> JAVA = Stream
		.of("'errorCode':5,", "'content':'X',", "'content':{'parts':{'text':'X'}},", "'content':{'parts':['X']},",
				"'actions':['X'],", "'actions':{'stateDelta':['X']},", "'actions':{'artifactDelta':['X']},",
				"'actions':{'transferToAgent':5},", "'partial':'X',", "'longRunningToolIds':{'X':1},",
				"'longRunningToolIds':[5],", "'customMetadata':'X',", "'usageMetadata':[],")
		.map(DamagedRowTests::json)
		.toList();

	private static final List<String> CONTENTS = Stream
		.of("{'parts':5,'role':'X'}", "{'parts':[{'text':7}],'role':'X'}", "{'parts':['X']}",
				"{'parts':[{'text':'X'}],'role':7}", "{'parts':[{'functionCall':{'name':'f','args':['X']}}]}",
				"{'parts':[{'functionResponse':{'response':'X'}}]}", "{'parts':[{'inlineData':{'data':'X'}}]}",
				"{'parts':[{'thought':'X'}]}")
		.map(DamagedRowTests::json)
		.toList();

	private static String json(String members) {
		return members.replace('\'', '"').replace("X", CONTENT);
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("columns")
	void columnsThatNoReaderCouldReadQuarantineTheirRows(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			OtherRows rows = new OtherRows(layout, database).create();
			byte[] actions = rows.pickled() ? V0Rows.EMPTY_ACTIONS : V0Rows.text("{}");
			List<String> reasons = new ArrayList<>();
			rows.columns("good", "s", actions, "{\"parts\":[{\"videoMetadata\":{\"fps\":\"1.5\"}}]}");
			for (String content : CONTENTS) {
				rows.columns("inside" + reasons.size(), "s", actions, content);
				reasons.add("UNEXPECTED_VALUE");
			}
			for (String metadata : List.of("grounding_metadata = '{\"webSearchQueries\":\"X\"}'",
					"long_running_tool_ids_json = '[[\"X\"]]'")) {
				String id = "inside" + reasons.size();
				rows.columns(id, "s", actions, null);
				update(rows, metadata.replace("X", CONTENT) + " WHERE id = '" + id + "'");
				reasons.add("UNEXPECTED_VALUE");
			}
			rows.columns("content", "s", actions, "[\"" + CONTENT + "\"]");
			rows.columns("text", "s", actions, "\"" + CONTENT + "\"");
			rows.columns("ids", "s", actions, "{}");
			update(rows,
					"long_running_tool_ids_json = " + (database.dialect() == DatabaseDialect.POSTGRESQL && !rows.java()
							? "CAST('{}' AS jsonb)" : "'{}'") + " WHERE id = 'ids'");
			rows.columns("metadata", "s", actions, "{}");
			update(rows, "custom_metadata = '5' WHERE id = 'metadata'");
			reasons.addAll(List.of("UNEXPECTED_VALUE", "UNEXPECTED_VALUE", "UNEXPECTED_VALUE", "UNEXPECTED_VALUE"));
			if (rows.java()) {
				rows.columns("actions", "s", V0Rows.text("[\"" + CONTENT + "\"]"), null);
				rows.columns("time", "s", actions, null);
				update(rows, "timestamp = NULL WHERE id = 'time'");
				reasons.addAll(List.of("UNEXPECTED_VALUE", "BAD_TIME"));
			}
			else {
				rows.columns("actions", "s", V0Rows.text(CONTENT), null);
				rows.columns("json", "s", V0Rows.text("{\"stateDelta\":[\"" + CONTENT + "\"]}"), null);
				reasons.addAll(List.of(rows.pickled() ? "NOT_A_PICKLE" : "BROKEN_JSON",
						rows.sqlspec() ? "NOT_A_PICKLE" : "UNEXPECTED_VALUE"));
			}
			if (!rows.jsonOnly()) {
				rows.columns("cut", "s", actions, "{\"parts\":\"" + CONTENT);
				reasons.add("BROKEN_JSON");
			}
			if (database.dialect() == DatabaseDialect.SQLITE) {
				rows.columns("time", "s", actions, null);
				update(rows, "timestamp = 'yesterday' WHERE id = 'time'");
				reasons.add("BAD_TIME");
			}
			if (database.dialect() == DatabaseDialect.POSTGRESQL && rows.sqlspec()) {
				rows.columns("author", "s", actions, null);
				update(rows, "author = NULL WHERE id = 'author'");
				reasons.add("MISSING_VALUE");
			}
			quarantined(database, rows.settings(), reasons, "good");
		}
	}

	private static void update(OtherRows rows, String assignment) throws SQLException {
		Sql.execute(rows.database(), "UPDATE " + rows.events() + " SET " + assignment);
	}

	private static void quarantined(TestDatabase database, List<String> reasons, String converted) throws SQLException {
		quarantined(database, Migrations.settings(), reasons, converted);
	}

	private static void quarantined(TestDatabase database, MigrationSettings settings, List<String> reasons,
			String converted) throws SQLException {
		int bad = reasons.size();
		MigrationException failure = Migrations.failure(database, settings, MigrationErrorCode.TOO_MANY_QUARANTINED);
		assertThat(failure.getMessage()).contains(bad + " of " + (bad + 1) + " events").doesNotContain(CONTENT);
		MigrationSettings allowed = settings.withMaxQuarantined(bad);
		MigrationReport report = Migrations.migrateToHead(database, allowed);
		assertThat(report.rows()).isEqualTo(new RowCounts(bad + 1L, 1, 0, bad, 0));
		assertThat(Sql.column(database, "SELECT reason FROM adk_migration_quarantine"))
			.containsExactlyInAnyOrderElementsOf(reasons);
		assertThat(Sql.column(database, "SELECT message FROM adk_migration_quarantine"))
			.noneMatch((message) -> String.valueOf(message).contains(CONTENT));
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("app/u/s/" + converted);
		assertThat(Migrations.migrator(database.dataSource(), allowed).verify().differences()).isEmpty();
	}

	/** An event can be set aside, a session with all of its events cannot. */
	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("sessions")
	void sessionsThatNoReaderCouldReadAreRefusedBeforeTheFirstWrite(String layout, DatabaseProvider provider)
			throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			OtherRows rows = new OtherRows(layout, database).create();
			if (!rows.sqlspec()) {
				refused(rows, "state = '[\"" + CONTENT + "\"]'", "state that is no JSON object");
			}
			if (database.dialect() == DatabaseDialect.SQLITE) {
				refused(rows, "create_time = 'yesterday'", "create_time that is no time");
				refused(rows, "update_time = '2026-13-45 03:04:05+00:00'", "update_time that is no time");
				refused(rows, "update_time = 1e300", "update_time that is no time");
			}
			if (database.dialect() == DatabaseDialect.SQLITE && !rows.sqlspec()) {
				refused(rows, "state = '{\"a\":\"" + CONTENT + "'", "state that is no JSON object");
			}
			if (database.dialect() == DatabaseDialect.SQLITE && (rows.sqlspec() || layout.startsWith("go"))) {
				refused(rows, "id = NULL", "key that is NULL");
			}
			if (database.dialect() == DatabaseDialect.SQLITE) {
				Migrations.migrateToHead(database);
			}
		}
	}

	private static void refused(OtherRows rows, String assignment, String fact) throws SQLException {
		TestDatabase database = rows.database();
		String column = assignment.substring(0, assignment.indexOf(' '));
		Sql.execute(database, "CREATE TABLE spare AS SELECT * FROM " + rows.sessions(),
				"UPDATE " + rows.sessions() + " SET " + assignment);
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED);
		assertThat(failure.description()).isEqualTo("1 row of " + rows.sessions() + " has a " + fact + ".");
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "UPDATE " + rows.sessions() + " SET " + column + " = (SELECT " + column + " FROM spare)",
				"DROP TABLE spare");
	}

	/** As a dump that was restored without looking at keys leaves them. */
	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void orphansPastAForeignKeyThatIsLookedAtAgainAreRefusedBeforeTheFirstWrite(TestDatabase database)
			throws SQLException {
		new OtherRows("go-2.0.0", database).create().columns("lost", "s", V0Rows.text("{}"), null);
		Sql.execute(database, "SET session_replication_role = replica", "UPDATE events SET session_id = 'gone'");
		Contents before = Contents.of(database);
		assertThat(Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED).description())
			.isEqualTo("1 event of events belongs to no session, although a foreign key forbids that.");
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "UPDATE events SET session_id = 's'");
		Migrations.migrateToHead(database);
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void documentsOfTenMegabytesAreConvertedOrQuarantined(TestDatabase database) throws SQLException {
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		large(new OtherRows("sqlspec-0.69.0", database));
		try (TestDatabase js = Copies.database(database.dialect())) {
			large(new OtherRows(sqlite ? "js-0.4.0" : "js-1.3.0", js));
		}
		if (!sqlite) {
			try (TestDatabase java = Copies.database(database.dialect())) {
				large(new OtherRows("java-pr700", java));
			}
		}
	}

	private static void large(OtherRows rows) throws SQLException {
		rows.create();
		String text = CONTENT.repeat(LARGE / CONTENT.length());
		String content = "\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]},";
		rows.event("good", "s", rows.document("good", content));
		rows.event("wrong", "s", rows.document("wrong", content + "\"branch\":5,"));
		if (!rows.jsonOnly()) {
			rows.event("cut", "s", rows.document("cut", content).substring(0, LARGE));
		}
		large(rows.database(),
				rows.jsonOnly() ? List.of("UNEXPECTED_VALUE") : List.of("UNEXPECTED_VALUE", "BROKEN_JSON"), text);
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void columnsOfTenMegabytesAreConvertedOrQuarantined(TestDatabase database) throws SQLException {
		large(new OtherRows("go-2.0.0", database), V0Rows.text("{}"));
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			try (TestDatabase java = Copies.database(database.dialect())) {
				large(new OtherRows("java-pr654", java), V0Rows.text("{}"));
			}
		}
	}

	private static void large(OtherRows rows, byte[] actions) throws SQLException {
		rows.create();
		String text = CONTENT.repeat(LARGE / CONTENT.length());
		rows.columns("good", "s", actions, "{\"parts\":[{\"text\":\"" + text + "\"}]}");
		rows.columns("wrong", "s", actions, "[\"" + text + "\"]");
		large(rows.database(), List.of("UNEXPECTED_VALUE"), text);
	}

	private static void large(TestDatabase database, List<String> reasons, @Nullable String text) throws SQLException {
		quarantined(database, reasons, "good");
		assertThat(MigratedEvents.read(database).values())
			.allSatisfy((event) -> assertThat(event.at("/content/parts/0/text").asString().equals(text)).isTrue());
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), Migrations.settings());
		assertThat(migrator.status().toString()).doesNotContain(CONTENT);
	}

}
