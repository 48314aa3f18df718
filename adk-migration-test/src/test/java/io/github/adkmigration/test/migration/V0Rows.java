package io.github.adkmigration.test.migration;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;

/**
 * A V0 database with few rows, each as a test wants it.
 */
final class V0Rows {

	static final String LAYOUT = "python-1.14.0";

	/** A pickle of empty actions, which any reader takes. */
	static final byte[] EMPTY_ACTIONS = PickleCorpus.genuine()
		.stream()
		.filter((entry) -> entry.protocol() == 4)
		.filter((entry) -> entry.expectedJson().isPresent())
		.findFirst()
		.orElseThrow()
		.bytes();

	private V0Rows() {
	}

	static void create(TestDatabase database) throws SQLException {
		Layouts.named(LAYOUT, database.dialect()).create(database);
		session(database, "s");
	}

	static void session(TestDatabase database, String id) throws SQLException {
		Sql.execute(database,
				"INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES"
						+ " ('shop', 'u', '" + id + "', '{\"k\": 1}', '2025-07-01 10:00:00.000001',"
						+ " '2025-07-01 11:00:00.000002')");
	}

	static void event(TestDatabase database, String id) throws SQLException {
		event(database, id, "s", EMPTY_ACTIONS, "{\"parts\": [{\"text\": \"hello\"}]}");
	}

	static void event(TestDatabase database, String id, String session, byte @Nullable [] actions, String content)
			throws SQLException {
		event(database, id, session, actions, content, "2025-07-01 06:00:00.000003");
	}

	static void event(TestDatabase database, String id, String session, byte @Nullable [] actions, String content,
			String time) throws SQLException {
		try (Connection connection = database.connection()) {
			insert(connection, database.dialect(), "events", id, session, actions, content, time);
		}
	}

	static void insert(Connection connection, DatabaseDialect dialect, String table, String id, String session,
			byte @Nullable [] actions, String content, String time) throws SQLException {
		boolean postgres = dialect == DatabaseDialect.POSTGRESQL;
		String sql = "INSERT INTO " + table + " (id, app_name, user_id, session_id, invocation_id, author, timestamp,"
				+ " actions, content) VALUES (?, 'shop', 'u', ?, 'i', 'user', "
				+ (postgres ? "CAST(? AS timestamp), ?, CAST(? AS jsonb))" : "?, ?, ?)");
		try (PreparedStatement insert = connection.prepareStatement(sql)) {
			insert.setString(1, id);
			insert.setString(2, session);
			insert.setString(3, time);
			insert.setBytes(4, actions);
			insert.setString(5, content);
			insert.executeUpdate();
		}
	}

	static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
