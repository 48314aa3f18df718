package io.github.adkmigration.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Puts {@link V0Rows} into an empty database, with COPY where there is one.
 */
final class V0Filler {

	static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

	private static final int BATCH = 1000;

	private final TestDatabase database;

	private final V0Rows rows;

	private final SourceRows source;

	V0Filler(TestDatabase database, V0Rows rows) {
		this(database, rows, rows);
	}

	/** Put the same conversations into the tables of another writer. */
	V0Filler(TestDatabase database, V0Rows rows, SourceRows source) {
		this.database = database;
		this.rows = rows;
		this.source = source;
	}

	void fill() throws SQLException, IOException {
		Layouts.named(this.source.layout(this.database.dialect()), this.database.dialect()).create(this.database);
		try (Connection connection = this.database.connection()) {
			connection.setAutoCommit(false);
			write(connection, "app_states", List.of("app_name", "state", "update_time"), 1,
					(row) -> List.of(V0Rows.APP, "{}", time(0, false)));
			int sessions = this.rows.sessions();
			write(connection, "user_states", List.of("app_name", "user_id", "state", "update_time"),
					(sessions + 9) / 10,
					(row) -> List.of(V0Rows.APP, this.rows.userId(row * 10), "{}", time(row * 10, false)));
			write(connection, "sessions", List.of("app_name", "user_id", "id", "state", "create_time", "update_time"),
					sessions, (row) -> List.of(V0Rows.APP, this.rows.userId(row), this.rows.sessionId(row),
							"{\"step\": 3}", time(row, false), time(row, true)));
			write(connection, "events", this.source.eventColumns(), this.rows.events(), this::event);
			connection.commit();
			connection.setAutoCommit(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute(switch (this.database.dialect()) {
					case POSTGRESQL -> "VACUUM ANALYZE";
					case MYSQL, MARIADB -> "ANALYZE TABLE sessions, events";
					case SQLITE, H2 -> "ANALYZE";
				});
			}
		}
	}

	private List<@Nullable Object> event(int row) {
		java.util.ArrayList<@Nullable Object> values = new java.util.ArrayList<>();
		this.source.eventColumns().forEach((column) -> values.add(this.source.value(column, row)));
		return values;
	}

	private Object time(int session, boolean last) {
		return this.source.time(this.rows.sessionTime(session, last));
	}

	private void write(Connection connection, String table, List<String> columns, int count,
			IntFunction<? extends List<? extends @Nullable Object>> row) throws SQLException, IOException {
		String names = " (" + String.join(", ", columns) + ") ";
		if (connection.isWrapperFor(PGConnection.class)) {
			CopyIn copy = connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY " + table + names + "FROM STDIN");
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < count; i++) {
				line(text, row.apply(i));
				if (text.length() > 1 << 16 || i == count - 1) {
					byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
					copy.writeToCopy(bytes, 0, bytes.length);
					text.setLength(0);
				}
			}
			copy.endCopy();
			return;
		}
		String marks = String.join(", ", IntStream.range(0, columns.size()).mapToObj((i) -> "?").toList());
		try (PreparedStatement insert = connection
			.prepareStatement("INSERT INTO " + table + names + "VALUES (" + marks + ")")) {
			for (int i = 0; i < count; i++) {
				List<? extends @Nullable Object> values = row.apply(i);
				for (int column = 0; column < values.size(); column++) {
					Object value = values.get(column);
					insert.setObject(column + 1, value instanceof LocalDateTime time ? TIME.format(time) : value);
				}
				insert.addBatch();
				if (i % BATCH == BATCH - 1 || i == count - 1) {
					insert.executeBatch();
				}
			}
		}
	}

	private static void line(StringBuilder text, List<? extends @Nullable Object> values) {
		for (int i = 0; i < values.size(); i++) {
			Object value = values.get(i);
			text.append(i == 0 ? "" : "\t");
			if (value == null) {
				text.append("\\N");
			}
			else if (value instanceof byte[] bytes) {
				text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
			}
			else if (value instanceof LocalDateTime time) {
				text.append(TIME.format(time));
			}
			else {
				text.append(value.toString().replace("\\", "\\\\"));
			}
		}
		text.append('\n');
	}

}
