package io.github.adkmigration.detect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaDetectorTests {

	private static final String PICKLED = "actions BLOB NOT NULL, long_running_tool_ids_json TEXT, "
			+ "grounding_metadata TEXT, partial BOOLEAN, turn_complete BOOLEAN, error_code VARCHAR(256), "
			+ "error_message VARCHAR(1024), interrupted BOOLEAN, content TEXT";

	private static final String JSON = "event_data TEXT";

	private static final byte[] PICKLE = { (byte) 0x80, 5, (byte) 0x95 };

	private static final byte[] GO_JSON = "{\"StateDelta\":null}".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory;

	private Path file = Path.of("unset");

	@BeforeEach
	void nameTheFile() {
		this.file = this.directory.resolve("sessions.db");
	}

	@Test
	void whenThereAreOnlyTablesOfOthersThenTheTargetIsEmpty() throws Exception {
		create("CREATE TABLE users (id INTEGER)");
		assertThat(detect()).isInstanceOf(DetectedSchema.Empty.class);
	}

	@Test
	void whenPickledActionsThenPythonV0() throws Exception {
		create(adk("", PICKLED));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V0);
		assertThat(known().level()).isEqualTo("python-0.4.0");
	}

	@Test
	void whenEventDataThenPythonV1() throws Exception {
		create(adk("", JSON));
		create(metadata("1"));
		assertThat(known()).isEqualTo(new Layout(LayoutFamily.PYTHON_V1, "python-1.22.0", Set.of()));
	}

	@Test
	void extraTablesAndColumnsChangeNothing() throws Exception {
		create(adk("", PICKLED));
		Layout before = known();
		create(List.of("CREATE TABLE alembic_version (version_num VARCHAR(32))",
				"ALTER TABLE events ADD COLUMN processed INTEGER DEFAULT 0",
				"ALTER TABLE sessions ADD COLUMN owner TEXT"));
		assertThat(known()).isEqualTo(before);
	}

	@Test
	void whenAnIndexOfANewerReleaseStandsOnOldColumnsThenTheLevelStays() throws Exception {
		create(adk("", PICKLED));
		create("CREATE INDEX idx_events_app_user_session_ts_id ON events "
				+ "(app_name, user_id, session_id, timestamp DESC, id DESC)");
		assertThat(known())
			.isEqualTo(new Layout(LayoutFamily.PYTHON_V0, "python-0.4.0", Set.of(LayoutTrait.HEAD_INDEX)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "1.0", "0", "head" })
	void whenTheVersionOfV1IsNotOneThenItIsUnknown(String version) throws Exception {
		create(adk("", JSON));
		create(metadata("1"));
		assertThat(detect()).isInstanceOf(DetectedSchema.Known.class);
		create("UPDATE adk_internal_metadata SET value = '" + version + "'");
		assertThat(detect()).isInstanceOfSatisfying(DetectedSchema.UnknownVersion.class,
				(unknown) -> assertThat(unknown.schemaVersion()).isEqualTo(version));
	}

	@Test
	void whenV0TablesCarryAnUnknownVersionThenItIsUnknown() throws Exception {
		create(adk("", PICKLED));
		create(metadata("2"));
		assertThat(detect()).isInstanceOf(DetectedSchema.UnknownVersion.class);
	}

	@Test
	void whenV0TablesCarryVersionZeroThenTheyAreV0() throws Exception {
		create(adk("", PICKLED));
		create(metadata("0"));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V0);
	}

	@Test
	void whenEventDataIsRequiredAndTheVersionIsOneDotZeroThenTheUnreleasedMain() throws Exception {
		create(adk("", JSON + " NOT NULL"));
		create(metadata("1.0"));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_UNRELEASED);
	}

	@Test
	void whenTheMetadataTableIsMissingThenV1WithATrait() throws Exception {
		create(adk("", JSON));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V1);
		assertThat(known().traits()).containsExactly(LayoutTrait.MARKER_TABLE_MISSING);
	}

	@Test
	void whenTheMetadataTableIsEmptyThenV1WithATrait() throws Exception {
		create(adk("", JSON));
		create(metadata("1"));
		create("DELETE FROM adk_internal_metadata");
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V1);
		assertThat(known().traits()).containsExactly(LayoutTrait.MARKER_ROW_MISSING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sessions", "events", "app_states", "user_states" })
	void whenOneTableIsMissingThenIncomplete(String missing) throws Exception {
		create(adk("", PICKLED));
		create("DROP TABLE " + missing);
		assertThat(detect()).isInstanceOf(DetectedSchema.Incomplete.class);
		assertThat(detect().evidence()).singleElement().asString().endsWith(missing + " are missing.");
	}

	@Test
	void whenBothPayloadColumnsExistThenHybrid() throws Exception {
		create(adk("", PICKLED + ", author TEXT, " + JSON));
		create(metadata("1"));
		assertThat(detect()).isInstanceOfSatisfying(DetectedSchema.Known.class,
				(known) -> assertThat(known.layout().family()).isEqualTo(LayoutFamily.HYBRID));
		create(List.of("UPDATE adk_internal_metadata SET value = '7'"));
		assertThat(detect()).isInstanceOf(DetectedSchema.UnknownVersion.class);
	}

	@Test
	void aColumnOfTheUserCalledActionsMakesNoHybridThatIsConverted() throws Exception {
		create(adk("", JSON + ", actions TEXT"));
		assertThat(detect()).isInstanceOf(DetectedSchema.Hybrid.class);
	}

	@Test
	void aForeignSessionsTableIsReportedWithItsColumnsAndStaysByteIdentical() throws Exception {
		create(List.of("CREATE TABLE sessions (sid TEXT PRIMARY KEY, sess TEXT, expire TEXT)",
				"INSERT INTO sessions VALUES ('s1', 'secret cookie', '2026-01-01')"));
		byte[] before = Files.readAllBytes(this.file);
		DetectedSchema detected = detect();
		assertThat(detected).isInstanceOf(DetectedSchema.Foreign.class);
		assertThat(detected.evidence()).singleElement()
			.asString()
			.contains("sid, sess, expire")
			.doesNotContain("secret");
		assertThat(Files.readAllBytes(this.file)).isEqualTo(before);
		assertThat(siblings()).containsExactly("sessions.db");
	}

	@Test
	void whenAllOtherTablesAreAdksAndEventsIsNotThenForeign() throws Exception {
		create(adk("", PICKLED));
		create(List.of("DROP TABLE events", "CREATE TABLE events (id INTEGER, name TEXT)"));
		assertThat(detect()).isInstanceOf(DetectedSchema.Foreign.class);
	}

	@Test
	void whenEventsHaveNeitherPayloadColumnThenForeign() throws Exception {
		create(adk("", "payload TEXT"));
		assertThat(detect()).isInstanceOf(DetectedSchema.Foreign.class);
	}

	@Test
	void aViewNamedSessionsIsForeign() throws Exception {
		create(adk("", JSON));
		create(List.of("ALTER TABLE sessions RENAME TO kept", "CREATE VIEW sessions AS SELECT * FROM kept"));
		assertThat(detect()).isInstanceOf(DetectedSchema.Foreign.class);
		assertThat(detect().evidence()).contains("sessions is a view, not a table.");
	}

	@Test
	void onlyTheTablesOfTheTargetCount() throws Exception {
		create(adk("", PICKLED));
		create(adk("crm_", JSON));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V0);
		assertThat(known(SessionTables.withPrefix("crm_")).family()).isEqualTo(LayoutFamily.PYTHON_V1);
		assertThat(detect(SessionTables.withPrefix("erp_"))).isInstanceOf(DetectedSchema.Empty.class);
	}

	@Test
	void customNamesForEachTableAreHonoured() throws Exception {
		create(adk("crm_", JSON));
		SessionTables names = new SessionTables(null, "",
				Map.of(SessionTable.SESSIONS, "crm_sessions", SessionTable.EVENTS, "crm_events",
						SessionTable.APP_STATES, "crm_app_states", SessionTable.USER_STATES, "crm_user_states",
						SessionTable.METADATA, "crm_meta"));
		assertThat(known(names).family()).isEqualTo(LayoutFamily.PYTHON_V1);
	}

	@Test
	void aPrefixThatGivesSqlSpecsNamesIsNotTakenForSqlSpec() throws Exception {
		create(adk("adk_", PICKLED));
		assertThat(known(SessionTables.withPrefix("adk_")).family()).isEqualTo(LayoutFamily.PYTHON_V0);
	}

	@Test
	void sqlSpecsTablesBesideFreeDefaultNamesAreRecognised() throws Exception {
		create(List.of("CREATE TABLE adk_sessions (id TEXT PRIMARY KEY, state TEXT)",
				"CREATE TABLE adk_events (id TEXT PRIMARY KEY, session_id TEXT, event_data TEXT)"));
		assertThat(known().family()).isEqualTo(LayoutFamily.SQLSPEC);
		assertThat(detect(SessionTables.withPrefix("crm_"))).isInstanceOf(DetectedSchema.Empty.class);
	}

	@Test
	void whenPicklesAndGosJsonStandInOneTableThenTheyAreMixed() throws Exception {
		create(adk("", PICKLED));
		event("a", PICKLE, "2026-01-01 10:00:00.000001");
		assertThat(known().traits()).isEmpty();
		event("b", GO_JSON, "2026-01-01 10:00:00.12-05:00");
		assertThat(known().traits()).containsExactlyInAnyOrder(LayoutTrait.TOUCHED_BY_GO, LayoutTrait.MIXED_PAYLOADS,
				LayoutTrait.MIXED_TIMES);
		assertThat(detect().evidence()).contains("Of 2 sampled events: 1 with pickled actions, 1 with JSON actions.");
	}

	@Test
	void whenPicklesStandInGosTableThenPythonTouchedIt() throws Exception {
		create(adk("", PICKLED.replace("NOT NULL", "")).stream()
			.map((sql) -> sql.replace("invocation_id VARCHAR(256) NOT NULL", "invocation_id text"))
			.toList());
		event("a", GO_JSON, "2026-01-01 10:00:00+00:00");
		event("b", PICKLE, "2026-01-01 10:00:00+00:00");
		assertThat(known().family()).isEqualTo(LayoutFamily.GO);
		assertThat(known().traits()).containsExactlyInAnyOrder(LayoutTrait.TOUCHED_BY_PYTHON,
				LayoutTrait.MIXED_PAYLOADS);
	}

	@Test
	void theSampleIsBounded() throws Exception {
		create(adk("", PICKLED));
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 300; i++) {
				event(connection, "e%03d".formatted(i), (i < 250) ? PICKLE : GO_JSON, "2026-01-01 10:00:00.000000");
			}
			connection.commit();
		}
		assertThat(detect().evidence()).contains("Of 100 sampled events: 100 with pickled actions.");
	}

	@Test
	void aHostilePayloadIsOnlySampled() throws Exception {
		create(adk("", PICKLED));
		event("a", "\u0080\u0004cos\nsystem\n(S'touch pwned'\ntR.".getBytes(StandardCharsets.ISO_8859_1),
				"2026-01-01 10:00:00.000000");
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_V0);
		assertThat(siblings()).containsExactly("sessions.db");
	}

	@Test
	void noValueOfARowStandsInTheEvidence() throws Exception {
		create(adk("", PICKLED));
		event("very-secret-id", PICKLE, "2026-01-01 10:00:00.000000");
		assertThat(detect().evidence()).isNotEmpty().noneMatch((sentence) -> sentence.contains("secret"));
	}

	@Test
	void whenSqliteServiceTimesAreRealThenItsOwnFamily() throws Exception {
		create(adk("", JSON + " NOT NULL").stream().map((sql) -> sql.replace("DATETIME", "REAL")).toList());
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_SQLITE_SERVICE);
		assertThat(known().traits()).isEmpty();
		create(metadata("1"));
		assertThat(known().family()).isEqualTo(LayoutFamily.PYTHON_SQLITE_SERVICE);
		assertThat(known().traits()).containsExactly(LayoutTrait.TOUCHED_BY_PYTHON);
	}

	@Test
	void whenTheModelOfHeadIsCreatedOnH2ThenItIsHead() throws Exception {
		try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
				Statement statement = connection.createStatement()) {
			HeadSchema head = HeadSchema.of(DatabaseDialect.H2, SessionTables.defaults());
			for (Catalog.Table table : head.tables().values()) {
				statement.execute(HeadStatements.create(table, DatabaseDialect.H2));
			}
			statement.execute(HeadStatements.index(head.table(SessionTable.EVENTS), DatabaseDialect.H2));
			DetectedSchema detected = new SchemaDetector(DatabaseDialect.H2, SessionTables.defaults())
				.detect(connection);
			assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class,
					(known) -> assertThat(known.layout().level()).isEqualTo(HeadSchema.LEVEL));
			assertThat(new HeadCheck(DatabaseDialect.H2, SessionTables.defaults()).differences(detected.catalog()))
				.isEmpty();
		}
	}

	private static List<String> adk(String prefix, String payload) {
		String key = "app_name VARCHAR(128) NOT NULL, user_id VARCHAR(128) NOT NULL, ";
		return List.of(
				"CREATE TABLE " + prefix + "sessions (" + key + "id VARCHAR(128) NOT NULL, state TEXT NOT NULL, "
						+ "create_time DATETIME NOT NULL, update_time DATETIME NOT NULL, "
						+ "PRIMARY KEY (app_name, user_id, id))",
				"CREATE TABLE " + prefix + "app_states (app_name VARCHAR(128) NOT NULL, state TEXT NOT NULL, "
						+ "update_time DATETIME NOT NULL, PRIMARY KEY (app_name))",
				"CREATE TABLE " + prefix + "user_states (" + key + "state TEXT NOT NULL, "
						+ "update_time DATETIME NOT NULL, PRIMARY KEY (app_name, user_id))",
				"CREATE TABLE " + prefix + "events (id VARCHAR(128) NOT NULL, " + key
						+ "session_id VARCHAR(128) NOT NULL, invocation_id VARCHAR(256) NOT NULL, "
						+ "timestamp DATETIME NOT NULL, " + payload + ", "
						+ "PRIMARY KEY (id, app_name, user_id, session_id))");
	}

	private static List<String> metadata(String version) {
		return List.of(
				"CREATE TABLE adk_internal_metadata (\"key\" VARCHAR(128) NOT NULL, value VARCHAR(256) NOT NULL, "
						+ "PRIMARY KEY (\"key\"))",
				"INSERT INTO adk_internal_metadata VALUES ('schema_version', '" + version + "')");
	}

	private void event(String id, byte[] actions, String time) throws SQLException {
		try (Connection connection = connection()) {
			event(connection, id, actions, time);
		}
	}

	private static void event(Connection connection, String id, byte[] actions, String time) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, actions) "
						+ "VALUES (?, 'app', 'user', 'session', 'invocation', ?, ?)")) {
			statement.setString(1, id);
			statement.setString(2, time);
			statement.setBytes(3, actions);
			statement.executeUpdate();
		}
	}

	private void create(String statement) throws SQLException {
		create(List.of(statement));
	}

	private void create(List<String> statements) throws SQLException {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private DetectedSchema detect() throws SQLException {
		return detect(SessionTables.defaults());
	}

	private DetectedSchema detect(SessionTables tables) throws SQLException {
		try (Connection connection = connection()) {
			return new SchemaDetector(DatabaseDialect.SQLITE, tables).detect(connection);
		}
	}

	private Layout known() throws SQLException {
		return known(SessionTables.defaults());
	}

	private Layout known(SessionTables tables) throws SQLException {
		DetectedSchema detected = detect(tables);
		assertThat(detected).isInstanceOf(DetectedSchema.Known.class);
		return ((DetectedSchema.Known) detected).layout();
	}

	private Connection connection() throws SQLException {
		return DriverManager.getConnection("jdbc:sqlite:" + this.file);
	}

	private List<String> siblings() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((path) -> path.getFileName().toString()).toList();
		}
	}

}
