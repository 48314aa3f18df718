package io.github.adkmigration.codec;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes one event of adk-js after the other. Not thread-safe.
 */
final class JsEventWriter extends TreeEventWriter {

	/** Where adk-python keeps what it has no field for. */
	private static final String PREFIX = "adk_js_";

	/** What makes an event of adk-js the summary of others. */
	private static final Set<String> COMPACTION = Set.of("is_compacted", "start_time", "end_time", "compacted_content");

	/** Written in a place or a form of their own. */
	private static final Set<String> SPECIAL = Stream
		.concat(COMPACTION.stream(),
				Stream.of("actions", "author", "custom_metadata", "id", "invocation_id", "long_running_tool_ids",
						"route", "timestamp"))
		.collect(Collectors.toUnmodifiableSet());

	/** Fields of schemes that are ADK's own and not OpenAPI's. */
	private static final Map<String, String> SCHEME_FIELDS = Map.of("authorizationEndpoint", "authorization_endpoint",
			"tokenEndpoint", "token_endpoint", "userinfoEndpoint", "userinfo_endpoint", "revocationEndpoint",
			"revocation_endpoint", "tokenEndpointAuthMethodsSupported", "token_endpoint_auth_methods_supported",
			"grantTypesSupported", "grant_types_supported", "issuerUrl", "issuer_url");

	JsEventWriter(JsonTarget target) {
		super(target);
	}

	@Override
	void response(JsonValue event) {
		for (int i = 0; i < event.size(); i++) {
			if (!SPECIAL.contains(event.name(i))) {
				field(event.name(i), event.value(i));
			}
		}
		customMetadata(event);
	}

	@Override
	void event(JsonValue event) {
		JsonValue author = event.get("author");
		if (!author.isText()) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'author'.");
		}
		text("author", author.text());
		actions(event);
		longRunningToolIds(event.get("long_running_tool_ids"));
	}

	private void longRunningToolIds(JsonValue ids) {
		if (!ids.isArray() && !ids.isAbsent()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'long_running_tool_ids' is no JSON list.");
		}
		substitutions().field("long_running_tool_ids");
		out().key("long_running_tool_ids");
		if (ids.isArray()) {
			models().opaque(ids);
		}
		else {
			out().literal("[]");
		}
	}

	private void customMetadata(JsonValue event) {
		JsonValue metadata = event.get("custom_metadata");
		if (metadata.isAbsent() && !isCompacted(event)) {
			return;
		}
		requireObject("custom_metadata", metadata);
		substitutions().field("custom_metadata");
		out().key("custom_metadata");
		out().beginObject();
		for (int i = 0; i < metadata.size(); i++) {
			member(metadata.name(i), metadata.value(i));
		}
		for (int i = 0; i < event.size(); i++) {
			if (COMPACTION.contains(event.name(i)) && !event.value(i).isNull()) {
				member(PREFIX + event.name(i), event.value(i));
			}
		}
		out().endObject();
	}

	private static boolean isCompacted(JsonValue event) {
		for (String name : COMPACTION) {
			if (event.hasValue(name)) {
				return true;
			}
		}
		return false;
	}

	private void member(String name, JsonValue value) {
		out().text(name);
		out().colon();
		models().opaque(value);
	}

	private void actions(JsonValue event) {
		JsonValue actions = event.get("actions");
		beginActions(actions);
		for (int i = 0; i < actions.size(); i++) {
			if (!actions.value(i).isNull()) {
				action(actions.name(i), actions.value(i));
			}
		}
		JsonValue route = event.get("route");
		if (!route.isAbsent() && !actions.hasValue("route")) {
			substitutions().field("actions.route");
			models().field("route", route, ModelShape.OPAQUE);
		}
		endActions(actions::hasValue);
	}

	private void action(String name, JsonValue value) {
		substitutions().field(ActionsWriter.path(name));
		switch (name) {
			case "state_delta", "artifact_delta", "requested_tool_confirmations" ->
				models().entries(name, value, models()::opaque);
			case "requested_auth_configs" -> models().entries(name, value, this::authConfig);
			default -> {
				if (ActionsWriter.isKnown(name)) {
					models().field(name, value, ModelShape.UNKNOWN);
				}
				else {
					substitutions().dropped("actions", name);
				}
			}
		}
	}

	/** adk-js leaves these in camelCase; a scheme has the names of OpenAPI in both. */
	private void authConfig(JsonValue config) {
		if (!config.isObject()) {
			models().opaque(config);
			return;
		}
		out().beginObject();
		for (int i = 0; i < config.size(); i++) {
			String name = CamelCase.toSnakeCase(config.name(i));
			if (name.equals("auth_scheme") && config.value(i).isObject()) {
				out().key(name);
				scheme(config.value(i));
			}
			else {
				models().field(name, config.value(i), ModelShape.UNKNOWN);
			}
		}
		out().endObject();
	}

	private void scheme(JsonValue scheme) {
		out().beginObject();
		for (int i = 0; i < scheme.size(); i++) {
			if (!scheme.value(i).isNull()) {
				member(SCHEME_FIELDS.getOrDefault(scheme.name(i), scheme.name(i)), scheme.value(i));
			}
		}
		out().endObject();
	}

}
