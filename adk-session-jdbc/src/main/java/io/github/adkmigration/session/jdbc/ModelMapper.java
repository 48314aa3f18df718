package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.adk.JsonBaseModel;
import com.google.adk.events.Event;
import com.google.adk.sessions.State;

/**
 * google-adk's own mapper, with the values that pydantic writes: URL-safe base64,
 * durations in seconds with their fraction, ISO 8601 times, and {@code null} for a
 * removed key.
 */
final class ModelMapper {

	private static final ObjectMapper MAPPER = JsonBaseModel.getMapper()
		.copy()
		.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
		.registerModule(values());

	/** A field that is null is one that is not set. */
	private static final ObjectReader EVENTS = MAPPER.copy()
		.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP))
		.readerFor(Event.class);

	private ModelMapper() {
	}

	/**
	 * Return the tree of a value.
	 * @throws IllegalArgumentException if the value has no JSON form
	 */
	static JsonNode toTree(Object value) {
		return MAPPER.valueToTree(value);
	}

	static <T> T fromTree(JsonNode tree, Class<T> type) throws JsonProcessingException {
		return MAPPER.treeToValue(tree, type);
	}

	static Event readEvent(JsonParser parser) throws IOException {
		return EVENTS.readValue(parser);
	}

	/**
	 * Return what base64 stands for. adk-js and older releases of adk-python use the
	 * standard alphabet.
	 * @throws IllegalArgumentException if it is none
	 */
	static byte[] bytes(String base64) {
		return Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
	}

	private static SimpleModule values() {
		SimpleModule module = new SimpleModule("adk-python");
		module.addSerializer(byte[].class, new BytesSerializer());
		module.addDeserializer(byte[].class, new BytesDeserializer());
		module.addSerializer(Duration.class, new DurationSerializer());
		module.addDeserializer(Duration.class, new DurationDeserializer());
		module.addSerializer(State.REMOVED.getClass(), new RemovedSerializer());
		return module;
	}

	private static final class BytesSerializer extends JsonSerializer<byte[]> {

		@Override
		public void serialize(byte[] value, JsonGenerator generator, SerializerProvider provider) throws IOException {
			generator.writeString(Base64.getUrlEncoder().encodeToString(value));
		}

	}

	private static final class BytesDeserializer extends StdScalarDeserializer<byte[]> {

		private static final long serialVersionUID = 1L;

		BytesDeserializer() {
			super(byte[].class);
		}

		@Override
		public byte[] deserialize(JsonParser parser, DeserializationContext context) throws IOException {
			try {
				return bytes(parser.getText());
			}
			catch (IllegalArgumentException ex) {
				return (byte[]) context.handleWeirdStringValue(byte[].class, "", "not base64");
			}
		}

	}

	private static final class DurationSerializer extends JsonSerializer<Duration> {

		@Override
		public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
			generator.writeString(EpochSeconds.of(value).toPlainString() + "s");
		}

	}

	private static final class DurationDeserializer extends StdScalarDeserializer<Duration> {

		private static final long serialVersionUID = 1L;

		DurationDeserializer() {
			super(Duration.class);
		}

		@Override
		public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
			String text = parser.getText();
			try {
				return EpochSeconds.toDuration(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
			}
			catch (ArithmeticException | NumberFormatException ex) {
				return (Duration) context.handleWeirdStringValue(Duration.class, "", "not a number of seconds");
			}
		}

	}

	private static final class RemovedSerializer extends JsonSerializer<Object> {

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
			generator.writeNull();
		}

	}

}
