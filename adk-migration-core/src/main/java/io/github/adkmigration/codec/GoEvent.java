package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * One row of an {@code events} table of adk-go, without its time. JSON columns are text;
 * SQL NULL and JSON {@code null} mean the same.
 *
 * @param columns what the table shares with adk-python's V0; its actions are JSON
 * @param routesJson a JSON list of the routes that were taken
 * @param outputJson any JSON value
 * @param nodeInfoJson a JSON object
 * @param requestedInputJson a JSON object
 * @param isolationScope the scope of the event
 * @since 0.1.0
 */
public record GoEvent(V0Event columns, @Nullable String routesJson, @Nullable String outputJson,
		@Nullable String nodeInfoJson, @Nullable String requestedInputJson, @Nullable String isolationScope) {
}
