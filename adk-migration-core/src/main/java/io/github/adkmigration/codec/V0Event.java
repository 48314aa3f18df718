package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * One row of a V0 {@code events} table, without its time. A column that the layout does
 * not have is {@code null}. JSON columns are text; SQL NULL, JSON {@code null} and the
 * text {@code null} mean the same.
 *
 * @param id the id of the event
 * @param appName the application
 * @param userId the user
 * @param sessionId the session
 * @param invocationId the invocation; a row without one cannot be converted
 * @param author the author; a row without one cannot be converted
 * @param actions the pickled actions
 * @param longRunningToolIdsJson a JSON list of ids
 * @param branch the branch of the agents
 * @param content a JSON object
 * @param groundingMetadata a JSON object
 * @param customMetadata a JSON object of the application's own
 * @param usageMetadata a JSON object
 * @param citationMetadata a JSON object
 * @param partial whether more of the text follows
 * @param turnComplete whether the turn is complete
 * @param errorCode an error code
 * @param errorMessage an error message
 * @param interrupted whether the user interrupted the model
 * @param inputTranscription a JSON object
 * @param outputTranscription a JSON object
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record V0Event(String id, String appName, String userId, String sessionId, @Nullable String invocationId,
		@Nullable String author, byte @Nullable [] actions, @Nullable String longRunningToolIdsJson,
		@Nullable String branch, @Nullable String content, @Nullable String groundingMetadata,
		@Nullable String customMetadata, @Nullable String usageMetadata, @Nullable String citationMetadata,
		@Nullable Boolean partial, @Nullable Boolean turnComplete, @Nullable String errorCode,
		@Nullable String errorMessage, @Nullable Boolean interrupted, @Nullable String inputTranscription,
		@Nullable String outputTranscription) {
}
