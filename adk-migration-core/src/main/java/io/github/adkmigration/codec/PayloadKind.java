package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * What the {@code actions} column of a row holds, by a look at its first and last bytes.
 *
 * @since 0.1.0
 */
public enum PayloadKind {

	/** A Python pickle, as adk-python writes. */
	PICKLE,

	/** A JSON object, as adk-go writes. */
	JSON,

	/** Nothing. */
	EMPTY,

	/** Something else. */
	UNKNOWN;

	private static final int FIRST_PROTOCOL_BYTE = 0x80;

	/** The opcodes that a pickle of protocol 0 or 1 can start with. */
	private static final String OLD_STARTS = "(])}cNIJKLMGFSTUVX";

	/**
	 * Tell what a payload is. Nothing is parsed.
	 * @param actions the bytes of the column, or {@code null}
	 * @return the kind
	 */
	public static PayloadKind of(byte @Nullable [] actions) {
		if (actions == null || actions.length == 0) {
			return EMPTY;
		}
		int first = actions[0] & 0xFF;
		if (first == FIRST_PROTOCOL_BYTE) {
			return PICKLE;
		}
		if (first == '{') {
			return JSON;
		}
		boolean stops = actions[actions.length - 1] == '.';
		return (stops && OLD_STARTS.indexOf(first) >= 0) ? PICKLE : UNKNOWN;
	}

}
