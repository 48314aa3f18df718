package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * One row of the {@code events} of adk-java's pull request 654, without its time. JSON
 * columns hold the JSON of google-adk's own classes.
 *
 * @param columns what the table shares with adk-python's V0; its actions are JSON
 * @param finishReason why the model ended
 * @param avgLogprobs the average of the logarithms of probabilities
 * @param modelVersion the version of the model
 * @since 0.1.0
 */
public record JavaColumnsEvent(V0Event columns, @Nullable String finishReason, @Nullable Double avgLogprobs,
		@Nullable String modelVersion) {
}
