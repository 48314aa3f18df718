package io.github.adkmigration.test.corpus;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One pickle.
 *
 * @param name what it is about, for example {@code state-datetime-utc}; the same object
 * has the same name in every protocol
 * @param release the release of google-adk that pickled it, or {@code hostile}
 * @param protocol 2 to 5, or 0 for a hostile one
 * @param bytes the pickle
 * @param verdict what a reader can make of it
 * @param expected what {@code model_dump(mode="json", exclude_none=True)} of that release
 * gives; a number without JSON form is an object such as {@code {"$float": "nan"}}; for
 * objects of unknown classes what the application itself would see
 * @param reason why the release cannot dump the object, empty if it can
 * @since 0.1.0
 */
public record PickleEntry(String name, String release, int protocol, byte[] bytes, PickleVerdict verdict,
		@Nullable JsonNode expected, String reason) {

	/**
	 * Return what the release makes of the object.
	 * @return the JSON, or empty if it makes none
	 */
	public Optional<JsonNode> expectedJson() {
		return Optional.ofNullable(this.expected);
	}

	@Override
	public String toString() {
		return this.release + "/" + this.name + (this.protocol == 0 ? "" : ".p" + this.protocol);
	}

}
