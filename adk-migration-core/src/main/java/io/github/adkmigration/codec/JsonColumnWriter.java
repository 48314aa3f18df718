package io.github.adkmigration.codec;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Copies JSON columns in the form that every V1 reader expects: names of model fields in
 * snake_case, URL-safe base64, no {@code null} in models. What is the application's own
 * stays as it is.
 */
final class JsonColumnWriter {

	/** Far beyond every float, and still within PostgreSQL's {@code numeric}. */
	private static final int MAX_BINARY_EXPONENT_DIGITS = 4;

	/** What an event has in its JSON and in columns. */
	private static final Set<String> EVENT_COLUMNS = Set.of("id", "invocation_id", "timestamp");

	private final JsonOutput out;

	private final SubstitutionLog substitutions;

	private final boolean binary;

	private String column = "";

	JsonColumnWriter(JsonTarget target, JsonOutput out, SubstitutionLog substitutions) {
		this.binary = target == JsonTarget.BINARY;
		this.out = out;
		this.substitutions = substitutions;
	}

	/**
	 * Write a column that holds an object or nothing.
	 * @param field the name of the field
	 * @param json the column
	 * @param shape what the object is
	 */
	void object(String field, @Nullable String json, ModelShape shape) {
		if (json != null) {
			column(json, new ModelShape.Field(field, false, ValueKind.OBJECT, shape));
		}
	}

	/**
	 * Write a column that holds a list or nothing; nothing is an empty list.
	 * @param field the name of the field
	 * @param json the column
	 * @param each what the elements are
	 */
	void list(String field, @Nullable String json, ValueKind each) {
		boolean written = json != null && !json.isBlank()
				&& column(json, new ModelShape.Field(field, true, each, ModelShape.OPAQUE));
		if (!written) {
			this.out.key(field);
			this.out.literal("[]");
		}
	}

	/**
	 * Write a column that holds any value of the application's own, or nothing.
	 * @param field the name of the field
	 * @param json the column
	 */
	void value(String field, @Nullable String json) {
		if (json != null) {
			column(json, new ModelShape.Field(field, false, ValueKind.ANY, ModelShape.OPAQUE));
		}
	}

	/**
	 * Write a column that holds an object without a key before it.
	 * @param field the name of the column
	 * @param json the column
	 */
	void document(String field, String json) {
		this.substitutions.field(field);
		JsonColumnReader.read(field, json, (parser) -> {
			JsonColumnReader.requireObject(parser, field);
			value(parser, JsonToken.START_OBJECT, ModelShape.OPAQUE);
			JsonColumnReader.requireEnd(parser, field);
			return true;
		});
	}

	/**
	 * Write an event as it is, and behind it what it lacks and its columns hold.
	 * @param json the column
	 */
	void event(String json, String id, String invocationId, long epochMicros) {
		this.substitutions.field("event_data");
		JsonColumnReader.inside("event_data", json, (parser) -> {
			Set<String> missing = new TreeSet<>(EVENT_COLUMNS);
			this.out.beginObject();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				missing.remove(name);
				this.out.text(name);
				this.out.colon();
				value(parser, parser.nextToken(), ModelShape.OPAQUE);
			}
			for (String name : missing) {
				this.out.key(name);
				switch (name) {
					case "id" -> this.out.text(id);
					case "invocation_id" -> this.out.text(invocationId);
					default -> this.out.literal(PythonNumbers.seconds(epochMicros));
				}
			}
			this.out.endObject();
			return true;
		});
	}

	private boolean column(String json, ModelShape.Field field) {
		this.column = field.name();
		this.substitutions.field(this.column);
		return JsonColumnReader.read(this.column, json, (parser) -> {
			JsonToken first = parser.nextToken();
			if (first == JsonToken.VALUE_NULL) {
				JsonColumnReader.requireEnd(parser, this.column);
				return false;
			}
			if (first == null) {
				throw new UnconvertibleEventException(UnconvertibleReason.BROKEN_JSON,
						"The column of '" + this.column + "' holds no JSON.");
			}
			this.out.key(this.column);
			field(parser, first, field);
			JsonColumnReader.requireEnd(parser, this.column);
			return true;
		});
	}

	private void value(JsonParser parser, JsonToken token, ModelShape shape) {
		switch (token) {
			case START_OBJECT -> {
				this.out.beginObject();
				members(parser, shape);
				this.out.endObject();
			}
			case START_ARRAY -> {
				this.out.beginArray();
				for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
					value(parser, next, shape);
				}
				this.out.endArray();
			}
			case VALUE_STRING ->
				this.out.text(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
			case VALUE_NUMBER_INT -> number(parser);
			case VALUE_NUMBER_FLOAT -> real(parser);
			case VALUE_TRUE -> this.out.literal("true");
			case VALUE_FALSE -> this.out.literal("false");
			default -> this.out.literal("null");
		}
	}

	private void members(JsonParser parser, ModelShape shape) {
		boolean model = shape != ModelShape.OPAQUE;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if (model && token == JsonToken.VALUE_NULL) {
				continue;
			}
			ModelShape.Field field = model ? shape.field(name) : null;
			if (field == null) {
				this.out.text(name);
				this.out.colon();
				value(parser, token, ModelShape.OPAQUE);
			}
			else {
				this.out.key(field.name());
				field(parser, token, field);
			}
		}
	}

	private void field(JsonParser parser, JsonToken token, ModelShape.Field field) {
		if (field.kind() == ValueKind.BYTES) {
			bytes(parser, token);
		}
		else if (field.list()) {
			require(ValueKind.LIST, parser, token);
			this.out.beginArray();
			for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
				require(field.kind(), parser, next);
				// It would become null, which no list of numbers takes.
				if (next == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
					throw unexpected(field.kind(), parser);
				}
				value(parser, next, field.shape());
			}
			this.out.endArray();
		}
		else {
			require(field.kind(), parser, token);
			value(parser, token, field.shape());
		}
	}

	/** Releases 0.2.0 and 0.3.0 wrote a list of one text by mistake. */
	private void bytes(JsonParser parser, JsonToken token) {
		boolean list = token == JsonToken.START_ARRAY;
		require(ValueKind.BYTES, parser, list ? parser.nextToken() : token);
		this.out.text(Base64Text.urlSafe(parser.getString()));
		if (list && parser.nextToken() != JsonToken.END_ARRAY) {
			throw unexpected(ValueKind.BYTES, parser);
		}
	}

	private void require(ValueKind kind, JsonParser parser, JsonToken token) {
		if (!kind.accepts(token) && !kind.accepts(token, parser.getString())) {
			throw unexpected(kind, parser);
		}
	}

	/** All names on the way to such a value are those of models. */
	private UnconvertibleEventException unexpected(ValueKind kind, JsonParser parser) {
		String path = parser.streamReadContext().pathAsPointer().toString().replace('/', '.');
		return EventForm.unexpected(kind, this.column + path);
	}

	private void number(JsonParser parser) {
		this.out.literal(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
	}

	private void real(JsonParser parser) {
		char[] text = parser.getStringCharacters();
		int start = parser.getStringOffset();
		int length = parser.getStringLength();
		boolean literal = !Character.isDigit(text[start + length - 1]);
		if (literal || (this.binary && exponentDigits(text, start, length) > MAX_BINARY_EXPONENT_DIGITS)) {
			this.out.nonFiniteNumber();
		}
		else {
			this.out.literal(text, start, length);
		}
	}

	private static int exponentDigits(char[] text, int start, int length) {
		int digits = 0;
		for (int i = start + length - 1; i > start; i--) {
			if (text[i] == 'e' || text[i] == 'E') {
				return digits;
			}
			digits += Character.isDigit(text[i]) ? 1 : 0;
		}
		return 0;
	}

}
