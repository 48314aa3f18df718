package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.ModalityTokenCount;
import com.google.genai.types.Part;
import org.jspecify.annotations.Nullable;

/**
 * Builds the events that conversations consist of, messages, calls and results, straight
 * from the tokens of {@code event_data}, in half the time that Jackson needs to find out
 * what goes where. A field, a type or a {@code null} that is not expected ends the
 * reading: what is right for those is not said here a second time.
 */
final class PlainEventParser {

	private final JsonParser json;

	private PlainEventParser(JsonParser json) {
		this.json = json;
	}

	/**
	 * Read an event without its id and its invocation id, which have columns.
	 * @param json a parser before the text's first token
	 * @param column the time of a text without time
	 * @throws IOException if the event has to be read in another way
	 */
	static Event parse(JsonParser json, Instant column) throws IOException {
		PlainEventParser parser = new PlainEventParser(json);
		json.nextToken();
		Event event = parser.event(column);
		if (json.nextToken() != null) {
			throw NeedsTreeException.INSTANCE;
		}
		return event;
	}

	private Event event(Instant column) throws IOException {
		Event.Builder event = Event.builder().timestamp(column.toEpochMilli());
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "id", "invocation_id" -> text();
				// Only Python's workflows have a use for it, and every event has it.
				case "node_info" -> object();
				case "author" -> event.author(text());
				case "content" -> event.content(content());
				case "actions" -> event.actions(actions());
				case "timestamp" -> event.timestamp(EpochSeconds.toMillis(number()));
				case "usage_metadata" -> event.usageMetadata(usage());
				case "long_running_tool_ids" -> event.longRunningToolIds(texts());
				case "partial" -> event.partial(flag());
				case "turn_complete" -> event.turnComplete(flag());
				case "interrupted" -> event.interrupted(flag());
				case "finish_reason" -> event.finishReason(new FinishReason(text()));
				case "error_message" -> event.errorMessage(text());
				case "avg_logprobs" -> event.avgLogprobs(decimal());
				case "branch" -> event.branch(text());
				case "model_version" -> event.modelVersion(text());
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return event.build();
	}

	private EventActions actions() throws IOException {
		EventActions.Builder actions = EventActions.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "state_delta" -> actions.stateDelta(object());
				case "artifact_delta", "requested_auth_configs", "requested_tool_confirmations" -> nothing();
				case "skip_summarization" -> actions.skipSummarization(flag());
				case "transfer_to_agent" -> actions.transferToAgent(text());
				case "escalate" -> actions.escalate(flag());
				case "end_of_agent" -> actions.endOfAgent(flag());
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return actions.build();
	}

	private Content content() throws IOException {
		Content.Builder content = Content.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "role" -> content.role(text());
				case "parts" -> {
					expect(JsonToken.START_ARRAY);
					List<Part> parts = new ArrayList<>();
					while (this.json.nextToken() != JsonToken.END_ARRAY) {
						parts.add(part());
					}
					content.parts(parts);
				}
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return content.build();
	}

	private Part part() throws IOException {
		Part.Builder part = Part.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "text" -> part.text(text());
				case "function_call" -> part.functionCall(call());
				case "function_response" -> part.functionResponse(response());
				case "thought" -> part.thought(flag());
				case "thought_signature" -> part.thoughtSignature(ModelMapper.bytes(text()));
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return part.build();
	}

	private FunctionCall call() throws IOException {
		FunctionCall.Builder call = FunctionCall.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "id" -> call.id(text());
				case "name" -> call.name(text());
				case "args" -> call.args(object());
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return call.build();
	}

	private FunctionResponse response() throws IOException {
		FunctionResponse.Builder response = FunctionResponse.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "id" -> response.id(text());
				case "name" -> response.name(text());
				case "response" -> response.response(object());
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return response.build();
	}

	private GenerateContentResponseUsageMetadata usage() throws IOException {
		GenerateContentResponseUsageMetadata.Builder usage = GenerateContentResponseUsageMetadata.builder();
		for (String name = firstField(); name != null; name = nextField()) {
			switch (name) {
				case "prompt_token_count" -> usage.promptTokenCount(count());
				case "candidates_token_count" -> usage.candidatesTokenCount(count());
				case "thoughts_token_count" -> usage.thoughtsTokenCount(count());
				case "cached_content_token_count" -> usage.cachedContentTokenCount(count());
				case "tool_use_prompt_token_count" -> usage.toolUsePromptTokenCount(count());
				case "total_token_count" -> usage.totalTokenCount(count());
				case "prompt_tokens_details" -> usage.promptTokensDetails(counts());
				case "candidates_tokens_details" -> usage.candidatesTokensDetails(counts());
				case "cache_tokens_details" -> usage.cacheTokensDetails(counts());
				case "traffic_type" -> usage.trafficType(text());
				default -> throw NeedsTreeException.INSTANCE;
			}
		}
		return usage.build();
	}

	private List<ModalityTokenCount> counts() throws IOException {
		expect(JsonToken.START_ARRAY);
		List<ModalityTokenCount> counts = new ArrayList<>();
		while (this.json.nextToken() != JsonToken.END_ARRAY) {
			ModalityTokenCount.Builder count = ModalityTokenCount.builder();
			for (String name = firstField(); name != null; name = nextField()) {
				switch (name) {
					case "modality" -> count.modality(text());
					case "token_count" -> count.tokenCount(count());
					default -> throw NeedsTreeException.INSTANCE;
				}
			}
			counts.add(count.build());
		}
		return counts;
	}

	private @Nullable String firstField() throws IOException {
		expect(JsonToken.START_OBJECT);
		return nextField();
	}

	/** The parser is at the value of the field afterwards. */
	private @Nullable String nextField() throws IOException {
		String name = this.json.nextFieldName();
		if (name != null) {
			this.json.nextToken();
		}
		return name;
	}

	private void expect(JsonToken token) throws IOException {
		if (this.json.currentToken() != token) {
			throw NeedsTreeException.INSTANCE;
		}
	}

	private String text() throws IOException {
		expect(JsonToken.VALUE_STRING);
		return this.json.getText();
	}

	private Set<String> texts() throws IOException {
		expect(JsonToken.START_ARRAY);
		Set<String> texts = new HashSet<>();
		while (this.json.nextToken() != JsonToken.END_ARRAY) {
			texts.add(text());
		}
		return texts;
	}

	private boolean flag() throws IOException {
		boolean flag = this.json.currentToken() == JsonToken.VALUE_TRUE;
		if (!flag) {
			expect(JsonToken.VALUE_FALSE);
		}
		return flag;
	}

	private int count() throws IOException {
		expect(JsonToken.VALUE_NUMBER_INT);
		if (this.json.getNumberType() != JsonParser.NumberType.INT) {
			throw NeedsTreeException.INSTANCE;
		}
		return this.json.getIntValue();
	}

	private String number() throws IOException {
		if (this.json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
			expectDouble();
		}
		return this.json.getText();
	}

	private double decimal() throws IOException {
		expectDouble();
		return this.json.getDoubleValue();
	}

	private void expectDouble() throws IOException {
		expect(JsonToken.VALUE_NUMBER_FLOAT);
		if (!JsonText.isDouble(this.json)) {
			throw NeedsTreeException.INSTANCE;
		}
	}

	private void nothing() throws IOException {
		if (firstField() != null) {
			throw NeedsTreeException.INSTANCE;
		}
	}

	private Map<String, Object> object() throws IOException {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		for (String name = firstField(); name != null; name = nextField()) {
			object.put(name, any());
		}
		return object;
	}

	private @Nullable Object any() throws IOException {
		return switch (this.json.currentToken()) {
			case START_OBJECT -> object();
			case START_ARRAY -> {
				List<@Nullable Object> array = new ArrayList<>();
				while (this.json.nextToken() != JsonToken.END_ARRAY) {
					array.add(any());
				}
				yield array;
			}
			case VALUE_STRING -> this.json.getText();
			case VALUE_NUMBER_INT -> this.json.getNumberValue();
			case VALUE_NUMBER_FLOAT -> decimal();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NULL -> null;
			default -> throw NeedsTreeException.INSTANCE;
		};
	}

}
