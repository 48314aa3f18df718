package io.github.adkmigration.codec;

import java.util.List;

/**
 * The {@code event_data} of one event.
 *
 * @param json a JSON object, UTF-8
 * @param substitutions what could not be kept as it was; mostly empty
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedEvent(byte[] json, List<Substitution> substitutions) {
}
