package io.github.adkmigration.test.corpus;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a corpus in batches.
 */
final class CorpusWriter {

	private static final int BATCH = 1000;

	/** As SQLAlchemy writes a time to SQLite. */
	private static final DateTimeFormatter SQLITE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS",
			Locale.ROOT);

	private final Corpus corpus;

	private final TestDatabase database;

	CorpusWriter(Corpus corpus, TestDatabase database) {
		this.corpus = corpus;
		this.database = database;
	}

	void write() throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(), this.database.username(),
				this.database.password())) {
			connection.setAutoCommit(false);
			List<Integer> sessions = numbers(this.corpus.sessions(), this.corpus.eventsPerSession());
			List<Integer> users = numbers((this.corpus.sessions() + 9) / 10, this.corpus.eventsPerSession() * 10);
			insert(connection, "app_states", List.of(0));
			insert(connection, "user_states", users);
			insert(connection, "sessions", sessions);
			insert(connection, "events", numbers(this.corpus.events(), 1));
			connection.commit();
		}
	}

	/** The drivers send a batch in one statement only if told so. */
	private String url() {
		return switch (this.database.dialect()) {
			case POSTGRESQL -> this.database.jdbcUrl() + "?reWriteBatchedInserts=true";
			case MYSQL -> this.database.jdbcUrl() + "&rewriteBatchedStatements=true";
			case MARIADB -> this.database.jdbcUrl() + "&useBulkStmts=true";
			case SQLITE, H2 -> this.database.jdbcUrl();
		};
	}

	private static List<Integer> numbers(int count, int step) {
		List<Integer> numbers = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			numbers.add(i * step);
		}
		return numbers;
	}

	private void insert(Connection connection, String table, List<Integer> events) throws SQLException {
		List<Column> columns = columns(connection, table);
		String names = String.join(", ",
				columns.stream().map((column) -> this.database.dialect().quote(column.name())).toList());
		String marks = String.join(", ", columns.stream().map((column) -> "?").toList());
		try (PreparedStatement statement = connection
			.prepareStatement("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")")) {
			int pending = 0;
			for (int event : events) {
				for (int i = 0; i < columns.size(); i++) {
					Column column = columns.get(i);
					bind(statement, i + 1, column, value(table, column.name(), event));
				}
				statement.addBatch();
				pending++;
				if (pending == BATCH) {
					statement.executeBatch();
					pending = 0;
				}
			}
			if (pending > 0) {
				statement.executeBatch();
			}
		}
	}

	private static List<Column> columns(Connection connection, String table) throws SQLException {
		List<Column> columns = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
			ResultSetMetaData metaData = rows.getMetaData();
			for (int i = 1; i <= metaData.getColumnCount(); i++) {
				columns.add(new Column(metaData.getColumnName(i).toLowerCase(Locale.ROOT),
						metaData.getColumnTypeName(i).equalsIgnoreCase("jsonb")));
			}
		}
		return columns;
	}

	private void bind(PreparedStatement statement, int index, Column column, @Nullable Object value)
			throws SQLException {
		if (value instanceof LocalDateTime time && this.database.dialect() == DatabaseDialect.SQLITE) {
			statement.setString(index, SQLITE_TIME.format(time));
		}
		else if (column.binaryJson()) {
			statement.setObject(index, value, Types.OTHER);
		}
		else if (value instanceof byte[] bytes) {
			statement.setBytes(index, bytes);
		}
		else {
			statement.setObject(index, value);
		}
	}

	private @Nullable Object value(String table, String column, int event) {
		return switch (column) {
			case "app_name" -> Corpus.APP;
			case "user_id" -> this.corpus.userId(event);
			case "session_id" -> this.corpus.sessionId(event);
			case "id" -> table.equals("events") ? this.corpus.eventId(event) : this.corpus.sessionId(event);
			case "state" -> "{\"%s\": \"value %d\", \"empty\": {}, \"none\": null}".formatted(table, event);
			case "create_time" -> utc(event);
			case "update_time" -> utc(event + this.corpus.eventsPerSession() - 1);
			case "invocation_id" -> "e-%08d".formatted(event / 4);
			case "author" -> this.corpus.author(event);
			case "actions" -> this.corpus.actions(event).bytes();
			case "timestamp" -> this.corpus.storedTime(event);
			case "content" -> this.corpus.content(event);
			case "long_running_tool_ids_json" -> event % 4 == 1 ? "[\"call-" + event + "\"]" : "[]";
			case "branch" -> event % 10 == 3 ? "root.weather_agent" : null;
			case "custom_metadata" -> event % 10 == 5 ? "{\"trace\": \"t-" + event + "\"}" : null;
			case "usage_metadata" -> event % 4 == 3
					? "{\"prompt_token_count\": " + event % 900
							+ ", \"candidates_token_count\": 40, \"total_token_count\": " + (event % 900 + 40) + "}"
					: null;
			case "partial", "interrupted" -> event % 4 == 0 ? null : Boolean.FALSE;
			case "turn_complete" -> event % 4 == 3 ? Boolean.TRUE : null;
			case "error_code" -> event % 100 == 99 ? "MAX_TOKENS" : null;
			case "error_message" -> event % 100 == 99 ? "The answer was cut off." : null;
			case "grounding_metadata", "citation_metadata", "input_transcription", "output_transcription" -> null;
			default -> throw new IllegalStateException("The layout " + this.corpus.layout() + " has a column " + table
					+ "." + column + " that the corpus does not know. Use a V0 layout of adk-python.");
		};
	}

	/** Session times were always written in UTC. */
	private LocalDateTime utc(int event) {
		return LocalDateTime.ofInstant(this.corpus.instant(event), ZoneOffset.UTC);
	}

	/**
	 * A column of a table.
	 */
	private record Column(String name, boolean binaryJson) {

	}

}
