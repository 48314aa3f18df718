package io.github.adkmigration.test.migration;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.HistoricLayout;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Databases of other writers than adk-python's {@code DatabaseSessionService}, with one
 * session and few events, each as a test wants it.
 *
 * @param layout the name of the layout
 * @param database an empty database
 */
record OtherRows(String layout, TestDatabase database) {

	/** The time of all events. */
	static final long SECONDS = 1_767_323_045;

	/** Layouts that keep an event as one JSON text. */
	static final List<String> DOCUMENTS = List.of("sqlspec-0.46.3", "sqlspec-0.69.0", "python-sqliteservice-1.19.0",
			"js-0.4.0", "js-1.3.0", "java-pr700", "java-pr647-rev1", "java-pr647-rev2");

	/**
	 * Return each of some layouts with a database of each dialect that has it.
	 */
	static Stream<Arguments> on(List<String> layouts) {
		Map<DatabaseDialect, DatabaseProvider> newest = new EnumMap<>(DatabaseDialect.class);
		TestDatabases.of().forEach((provider) -> newest.put(provider.dialect(), provider));
		newest.remove(DatabaseDialect.H2);
		return newest.values()
			.stream()
			.flatMap((provider) -> Layouts.of(provider.dialect())
				.stream()
				.map(HistoricLayout::name)
				.filter(layouts::contains)
				.map((name) -> Arguments.of(name, provider)));
	}

	OtherRows create() throws SQLException {
		Layouts.named(this.layout, this.database.dialect()).create(this.database);
		session("s");
		return this;
	}

	boolean sqlspec() {
		return this.layout.startsWith("sqlspec");
	}

	/** Whether its actions are pickles. */
	boolean pickled() {
		return sqlspec() || python();
	}

	private boolean python() {
		return this.layout.endsWith("-v0");
	}

	/** Settings that the times of its rows do not contradict. */
	MigrationSettings settings() {
		MigrationSettings settings = Migrations.settings();
		return python() ? settings.withLegacyClock(LegacyClock.in(ZoneOffset.UTC)) : settings;
	}

	boolean java() {
		return this.layout.startsWith("java");
	}

	private boolean java647() {
		return this.layout.startsWith("java-pr647");
	}

	private DatabaseDialect dialect() {
		return this.database.dialect();
	}

	/** Its sessions. */
	String sessions() {
		return this.layout.equals("sqlspec-0.69.0") ? "adk_session"
				: sqlspec() || java647() ? "adk_sessions" : "sessions";
	}

	/** Its events. */
	String events() {
		return this.layout.equals("sqlspec-0.69.0") ? "adk_event" : sqlspec() || java647() ? "adk_events" : "events";
	}

	/** Whether the database itself takes nothing but JSON. */
	boolean jsonOnly() {
		return dialect() == DatabaseDialect.POSTGRESQL
				|| (dialect().mysqlFamily() && !this.layout.equals("java-pr700") && !this.layout.equals("java-pr654"));
	}

	/** Whether an event may lack its JSON. */
	boolean takesNoDocument() {
		return this.layout.equals("java-pr700") || this.layout.equals("java-pr647-rev1");
	}

	/** Whether one object holds the states of all scopes. */
	boolean prefixed() {
		return this.layout.equals("sqlspec-0.31.0") || this.layout.equals("sqlspec-0.46.3");
	}

	/**
	 * Add the state of an application that has no session.
	 */
	void stateWithoutSession() throws SQLException {
		Sql.execute(this.database,
				java647() ? "INSERT INTO adk_app_state VALUES ('other', 'k', '1')"
						: "INSERT INTO " + (sqlspec() ? "adk_app_state" : "app_states")
								+ " (app_name, state, update_time) VALUES ('other', '{\"k\":1}', " + time() + ")");
	}

	void session(String id) throws SQLException {
		Sql.execute(this.database,
				"INSERT INTO " + sessions() + " (" + (java647() ? "session_id" : "id") + ", app_name, user_id, state, "
						+ (java647() ? "created_at, updated_at" : "create_time, update_time") + ") VALUES ('" + id
						+ "', 'app', 'u', '{}', " + time() + ", " + time() + ")");
	}

	/**
	 * Return the time of all events as a column has it.
	 */
	String time() {
		if (dialect() != DatabaseDialect.SQLITE) {
			return "'2026-01-02 03:04:05" + (dialect() == DatabaseDialect.POSTGRESQL ? "+00" : "") + "'";
		}
		return sqlspec() ? "2461042.627835648"
				: this.layout.startsWith("js") ? SECONDS + "000" : python() ? "'2026-01-02 03:04:05.000000'"
						: this.layout.startsWith("go") ? "'2026-01-02 03:04:05+00:00'" : Long.toString(SECONDS);
	}

	/**
	 * Return the instant of all events, seconds since 1970. A column without a zone is
	 * five hours behind, as its writer was, and a TIMESTAMP is in the zone of the server.
	 */
	double instant() throws SQLException {
		if (java() && !java647() && dialect().mysqlFamily()) {
			return Sql.number(this.database, "SELECT UNIX_TIMESTAMP(" + time() + ")");
		}
		boolean wall = this.layout.startsWith("go") ? dialect().mysqlFamily()
				: dialect() == DatabaseDialect.POSTGRESQL && java();
		return SECONDS + (wall ? 5 * 3600 : 0);
	}

	/**
	 * Return an event of the writer.
	 * @param members further members in its own words, each with a comma behind it
	 */
	String document(String id, String members) {
		return "{\"id\":\"" + id + "\"," + members + "\"author\":\"user\",\"timestamp\":" + SECONDS
				+ (java() || this.layout.startsWith("js") ? "000" : "") + "}";
	}

	void event(String id, String session, @Nullable String json) throws SQLException {
		boolean unnamed = this.layout.equals("sqlspec-0.46.3");
		boolean server = dialect() != DatabaseDialect.SQLITE;
		StringBuilder columns = new StringBuilder("session_id");
		StringBuilder values = new StringBuilder("'" + session + "'");
		if (!unnamed || !server) {
			columns.append(java647() ? ", event_id" : ", id");
			values.append(", '").append(id).append("'");
		}
		if (!unnamed && !this.layout.equals("java-pr647-rev1")) {
			columns.append(", app_name, user_id");
			values.append(", 'app', 'u'");
		}
		if (!java647()) {
			columns.append(", invocation_id");
			values.append(", 'i'");
		}
		if (unnamed) {
			columns.append(", author");
			values.append(", 'user'");
		}
		columns.append(java647() ? ", created_at, " : ", timestamp, ");
		columns.append(unnamed && server ? "event_json" : "event_data");
		values.append(", ").append(time());
		values.append(dialect() == DatabaseDialect.POSTGRESQL ? ", CAST(? AS jsonb)" : ", ?");
		Sql.update(this.database, "INSERT INTO " + events() + " (" + columns + ") VALUES (" + values + ")", json);
	}

	/**
	 * Add an event of a layout that keeps its fields in columns.
	 */
	void columns(String id, String session, byte @Nullable [] actions, @Nullable String content) throws SQLException {
		boolean postgres = dialect() == DatabaseDialect.POSTGRESQL;
		boolean json = this.layout.equals("java-pr654");
		Sql.update(this.database,
				"INSERT INTO " + events() + " (id, app_name, user_id, session_id, invocation_id, author,"
						+ " timestamp, actions, content) VALUES (?, 'app', 'u', '" + session + "', 'i', 'user', "
						+ time() + ", " + (json && postgres ? "CAST(? AS jsonb)" : "?") + ", "
						+ (postgres ? "CAST(? AS jsonb)" : "?") + ")",
				id, json && actions != null ? new String(actions, StandardCharsets.UTF_8) : actions, content);
	}

}
