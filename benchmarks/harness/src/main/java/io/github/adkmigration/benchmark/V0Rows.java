package io.github.adkmigration.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.corpus.PickleEntry;
import org.jspecify.annotations.Nullable;

/**
 * Rows as adk-python 1.19 writes them, each a function of its number: turns of four
 * events (question, call, result, answer), fifty sessions at a time side by side, random
 * UUIDs as keys. Every fourth event has actions that no other row has, the others are
 * spread over 64 genuine pickles, half of which are without any content.
 */
final class V0Rows implements SourceRows {

	/** The writer's zone, which is neither the JVM's nor the database's. */
	static final ZoneId ZONE = ZoneId.of("America/New_York");

	static final String APP = "shop";

	static final List<String> EVENT_COLUMNS = List.of("id", "app_name", "user_id", "session_id", "invocation_id",
			"author", "actions", "long_running_tool_ids_json", "branch", "timestamp", "content", "usage_metadata",
			"custom_metadata", "partial", "turn_complete", "error_code", "error_message", "interrupted");

	static final int EVENTS_PER_SESSION = 200;

	private static final int SIDE_BY_SIDE = 50;

	private static final long START = 1_759_276_800L * 1_000_000;

	private static final long STEP = 7_000_013L;

	private static final int PICKLES = 64;

	private static final byte[] REPLACED = "weather in Zürich".getBytes(StandardCharsets.UTF_8);

	private final List<PickleEntry> entries;

	private final List<byte[]> pickles;

	private final byte[] unique;

	private final int uniqueAt;

	private final int events;

	V0Rows(int events) {
		this.events = events;
		this.entries = IntStream.range(0, PICKLES)
			.mapToObj((number) -> PickleCorpus.named("1.21.0", "typical-%02d".formatted(number), 5))
			.toList();
		this.pickles = this.entries.stream().map(PickleEntry::bytes).toList();
		this.unique = this.pickles.get(0);
		this.uniqueAt = new String(this.unique, StandardCharsets.ISO_8859_1)
			.indexOf(new String(REPLACED, StandardCharsets.ISO_8859_1));
		if (this.uniqueAt < 0) {
			throw new IllegalStateException("The pickle typical-00 does not hold the text that is to be replaced.");
		}
	}

	int events() {
		return this.events;
	}

	int sessions() {
		return (this.events + EVENTS_PER_SESSION - 1) / EVENTS_PER_SESSION;
	}

	int session(int event) {
		int group = event / (SIDE_BY_SIDE * EVENTS_PER_SESSION);
		return Math.min(sessions() - 1, group * SIDE_BY_SIDE + event / 4 % SIDE_BY_SIDE);
	}

	String sessionId(int session) {
		return uuid(session, 1);
	}

	String userId(int session) {
		return "user-%05d@example.org".formatted(session / 10);
	}

	/** The first event of a session, and if {@code last}, its last one. */
	LocalDateTime sessionTime(int session, boolean last) {
		int group = session / SIDE_BY_SIDE * SIDE_BY_SIDE * EVENTS_PER_SESSION;
		int first = group + session % SIDE_BY_SIDE * 4;
		int newest = group + SIDE_BY_SIDE * (EVENTS_PER_SESSION - 4) + session % SIDE_BY_SIDE * 4 + 3;
		return utc(last ? Math.min(this.events - 1, newest) : Math.min(this.events - 1, first));
	}

	@Override
	public String layout(DatabaseDialect dialect) {
		return "python-1.19.0";
	}

	@Override
	public List<String> eventColumns() {
		return EVENT_COLUMNS;
	}

	@Override
	public Object time(LocalDateTime utc) {
		return utc;
	}

	@Override
	public @Nullable Object value(String column, int event) {
		int session = session(event);
		return switch (column) {
			case "id" -> uuid(event, 2);
			case "app_name" -> APP;
			case "user_id" -> userId(session);
			case "session_id" -> sessionId(session);
			case "invocation_id" -> "e-" + uuid(event / 4, 3);
			case "author" -> event % 4 == 0 ? "user" : "weather_agent";
			case "actions" -> actions(event);
			case "long_running_tool_ids_json" -> event % 4 == 1 ? "[\"call-" + event + "\"]" : "[]";
			case "branch" -> event % 10 == 3 ? "root.weather_agent" : null;
			case "timestamp" -> utc(event).atOffset(ZoneOffset.UTC).atZoneSameInstant(ZONE).toLocalDateTime();
			case "content" -> content(event);
			case "usage_metadata" -> event % 4 == 3
					? "{\"prompt_token_count\": " + event % 900
							+ ", \"candidates_token_count\": 40, \"total_token_count\": " + (event % 900 + 40) + "}"
					: null;
			case "custom_metadata" -> event % 20 == 5 ? "{\"trace\": \"t-" + event + "\"}" : null;
			case "partial", "interrupted" -> event % 4 == 0 ? null : Boolean.FALSE;
			case "turn_complete" -> event % 4 == 3 ? Boolean.TRUE : null;
			case "error_code" -> event % 100 == 99 ? "MAX_TOKENS" : null;
			case "error_message" -> event % 100 == 99 ? "The answer was cut off." : null;
			default -> throw new IllegalArgumentException(column);
		};
	}

	static LocalDateTime utc(int event) {
		long micros = START + event * STEP;
		return LocalDateTime.ofEpochSecond(micros / 1_000_000, (int) (micros % 1_000_000) * 1000, ZoneOffset.UTC);
	}

	private static String uuid(int number, int kind) {
		Random random = new Random(number * 31L + kind * 1_000_000_007L);
		return new UUID(random.nextLong(), random.nextLong()).toString();
	}

	private byte[] actions(int event) {
		if (event % 4 != 3) {
			return this.pickles.get(pickle(event));
		}
		byte[] bytes = this.unique.clone();
		byte[] text = "answer no.%08d".formatted(event).getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(text, 0, bytes, this.uniqueAt, REPLACED.length);
		return bytes;
	}

	/** What the pickle of an event holds, as adk-python itself writes it in JSON. */
	String actionsJson(int event) {
		boolean own = event % 4 == 3;
		String json = this.entries.get(own ? 0 : pickle(event)).expectedJson().orElseThrow().toString();
		return own ? json.replace("weather in Zürich", "answer no.%08d".formatted(event)) : json;
	}

	private static int pickle(int event) {
		return event / 4 * 3 % PICKLES + (event % 4) * 7 & PICKLES - 1;
	}

	private static String content(int event) {
		return switch (event % 4) {
			case 0 ->
				"{\"parts\": [{\"text\": \"Question %d: what is the weather in Zürich tomorrow? 🙂\"}], \"role\": \"user\"}"
					.formatted(event);
			case 1 ->
				"{\"parts\": [{\"function_call\": {\"id\": \"call-%d\", \"args\": {\"city\": \"Zürich\", \"dayOffset\": 1}, \"name\": \"get_weather\"}}], \"role\": \"model\"}"
					.formatted(event);
			case 2 ->
				"{\"parts\": [{\"function_response\": {\"id\": \"call-%d\", \"name\": \"get_weather\", \"response\": {\"temperature\": 7.5, \"rain\": null}}}], \"role\": \"user\"}"
					.formatted(event - 1);
			default ->
				"{\"parts\": [{\"text\": \"Answer %d: seven and a half degrees, and it stays dry. %s\"}], \"role\": \"model\"}"
					.formatted(event, "Take a light jacket with you. ".repeat(event / 4 % 7));
		};
	}

}
