package io.github.adkmigration.codec;

import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one event of adk-js after the other. Not thread-safe.
 */
final class JsEventWriter extends TreeEventWriter {

	/** Where adk-python keeps what it has no field for. */
	private static final String PREFIX = "adk_js_";

	/** What makes an event of adk-js the summary of others. */
	private static final Set<String> COMPACTION = Set.of("is_compacted", "start_time", "end_time", "compacted_content");

	/** Written in a place or a form of their own. */
	private static final Set<String> SPECIAL = Set.of("actions", "author", "custom_metadata", "id", "invocation_id",
			"long_running_tool_ids", "route", "timestamp");

	/** Fields of schemes that are ADK's own and not OpenAPI's. */
	private static final Map<String, String> SCHEME_FIELDS = Map.of("authorizationEndpoint", "authorization_endpoint",
			"tokenEndpoint", "token_endpoint", "userinfoEndpoint", "userinfo_endpoint", "revocationEndpoint",
			"revocation_endpoint", "tokenEndpointAuthMethodsSupported", "token_endpoint_auth_methods_supported",
			"grantTypesSupported", "grant_types_supported", "issuerUrl", "issuer_url");

	JsEventWriter(JsonTarget target) {
		super(target);
	}

	@Override
	void response(ObjectNode event) {
		event.properties().forEach((field) -> {
			if (!SPECIAL.contains(field.getKey()) && !COMPACTION.contains(field.getKey())) {
				field(field.getKey(), field.getValue());
			}
		});
		customMetadata(event);
	}

	@Override
	void event(ObjectNode event) {
		JsonNode author = event.path("author");
		if (!author.isString()) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'author'.");
		}
		text("author", author.asString());
		actions(event);
		longRunningToolIds(event.path("long_running_tool_ids"));
	}

	private void longRunningToolIds(JsonNode ids) {
		if (!ids.isArray() && !ids.isMissingNode() && !ids.isNull()) {
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

	private void customMetadata(ObjectNode event) {
		JsonNode metadata = event.path("custom_metadata");
		if ((metadata.isMissingNode() || metadata.isNull()) && COMPACTION.stream().noneMatch(event::hasNonNull)) {
			return;
		}
		requireObject("custom_metadata", metadata);
		substitutions().field("custom_metadata");
		out().key("custom_metadata");
		out().beginObject();
		metadata.properties().forEach((entry) -> member(entry.getKey(), entry.getValue()));
		event.properties().forEach((entry) -> {
			if (COMPACTION.contains(entry.getKey()) && !entry.getValue().isNull()) {
				member(PREFIX + entry.getKey(), entry.getValue());
			}
		});
		out().endObject();
	}

	private void member(String name, JsonNode value) {
		out().text(name);
		out().colon();
		models().opaque(value);
	}

	private void actions(ObjectNode event) {
		JsonNode actions = event.path("actions");
		beginActions(actions);
		actions.properties().forEach((field) -> {
			if (!field.getValue().isNull()) {
				action(field.getKey(), field.getValue());
			}
		});
		JsonNode route = event.path("route");
		if (!route.isMissingNode() && !route.isNull() && !actions.hasNonNull("route")) {
			substitutions().field("actions.route");
			models().field("route", route, ModelShape.OPAQUE);
		}
		endActions(actions::hasNonNull);
	}

	private void action(String name, JsonNode value) {
		substitutions().field("actions." + name);
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
	private void authConfig(JsonNode config) {
		if (!config.isObject()) {
			models().opaque(config);
			return;
		}
		out().beginObject();
		config.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			if (name.equals("auth_scheme") && field.getValue().isObject()) {
				out().key(name);
				scheme(field.getValue());
			}
			else {
				models().field(name, field.getValue(), ModelShape.UNKNOWN);
			}
		});
		out().endObject();
	}

	private void scheme(JsonNode scheme) {
		out().beginObject();
		scheme.properties().forEach((field) -> {
			if (!field.getValue().isNull()) {
				member(SCHEME_FIELDS.getOrDefault(field.getKey(), field.getKey()), field.getValue());
			}
		});
		out().endObject();
	}

}
