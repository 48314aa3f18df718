package io.github.adkmigration.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of {@link V0Rows} as writers of JSON store them.
 */
final class JsonRows implements SourceRows {

	private static final List<String> DOCUMENT = List.of("id", "app_name", "user_id", "session_id", "invocation_id",
			"timestamp", "event_data");

	private static final List<String> MODEL_COLUMNS = List.of("content", "usage_metadata");

	private static final Pattern MODEL_NAME = Pattern.compile(
			"\"(?:function_|usage_|prompt_|candidates_|total_|state_|artifact_|skip_|transfer_|requested_)\\w+\":");

	private final V0Rows rows;

	private final Writer writer;

	private final DatabaseDialect dialect;

	JsonRows(V0Rows rows, Writer writer, DatabaseDialect dialect) {
		this.rows = rows;
		this.writer = writer;
		this.dialect = dialect;
	}

	@Override
	public String layout(DatabaseDialect dialect) {
		return switch (this.writer) {
			case GO -> "go-2.0.0";
			case JS -> (dialect == DatabaseDialect.SQLITE) ? "js-0.4.0" : "js-1.3.0";
			case SERVICE -> "python-sqliteservice-1.19.0";
		};
	}

	@Override
	public List<String> eventColumns() {
		return (this.writer == Writer.GO) ? V0Rows.EVENT_COLUMNS : DOCUMENT;
	}

	@Override
	public Object time(LocalDateTime utc) {
		boolean sqlite = this.dialect == DatabaseDialect.SQLITE;
		return switch (this.writer) {
			case SERVICE -> utc.toEpochSecond(ZoneOffset.UTC) + utc.getNano() / 1e9;
			case JS -> sqlite ? (Object) milliseconds(utc) : utc.atOffset(ZoneOffset.UTC);
			case GO -> sqlite ? V0Filler.TIME.format(utc) + "+00:00" : utc.atOffset(ZoneOffset.UTC);
		};
	}

	@Override
	public @Nullable Object value(String column, int event) {
		return switch (column) {
			case "timestamp" -> time(V0Rows.utc(event));
			case "event_data" -> document(event);
			// adk-go has no such field.
			case "actions" -> camel(this.rows.actionsJson(event).replace(",\"requested_auth_configs\":{}", ""))
				.getBytes(StandardCharsets.UTF_8);
			default -> {
				Object value = this.rows.value(column, event);
				yield (this.writer == Writer.GO && value != null && MODEL_COLUMNS.contains(column))
						? camel(value.toString()) : value;
			}
		};
	}

	/** The event in one object, with adk-python's names, which are adk-js's too. */
	private String document(int event) {
		LocalDateTime utc = V0Rows.utc(event);
		String time = (this.writer == Writer.JS) ? Long.toString(milliseconds(utc))
				: "%d.%06d".formatted(utc.toEpochSecond(ZoneOffset.UTC), utc.getNano() / 1000);
		String members = V0Rows.EVENT_COLUMNS.stream()
			.filter((column) -> !List.of("app_name", "user_id", "session_id", "timestamp").contains(column))
			.flatMap((column) -> member(column, event))
			.collect(Collectors.joining(", "));
		return "{" + members + ", \"timestamp\": " + time + "}";
	}

	private Stream<String> member(String column, int event) {
		Object value = column.equals("actions") ? this.rows.actionsJson(event) : this.rows.value(column, event);
		return switch (column) {
			case "actions", "content", "usage_metadata", "custom_metadata" ->
				(value != null) ? Stream.of("\"" + column + "\": " + value) : Stream.empty();
			case "long_running_tool_ids_json" ->
				Stream.of("\"long_running_tool_ids\": " + Objects.requireNonNull(value));
			default -> (value == null) ? Stream.empty()
					: Stream.of("\"" + column + "\": " + (value instanceof Boolean ? value : "\"" + value + "\""));
		};
	}

	private static String camel(String json) {
		return MODEL_NAME.matcher(json)
			.replaceAll((match) -> Pattern.compile("_(\\w)")
				.matcher(match.group())
				.replaceAll((letter) -> letter.group(1).toUpperCase(Locale.ROOT)));
	}

	private static long milliseconds(LocalDateTime utc) {
		return utc.toInstant(ZoneOffset.UTC).toEpochMilli();
	}

	/**
	 * Who writes JSON.
	 */
	enum Writer {

		/** Columns, with actions in JSON: adk-go 2. */
		GO,

		/** One document with milliseconds: adk-js. */
		JS,

		/** One document with seconds: adk-python's SqliteSessionService. */
		SERVICE

	}

}
