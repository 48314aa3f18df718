package io.github.adkmigration.codec;

/**
 * How large the JSON of a row may become, so that no row can take all memory.
 */
final class JsonLimits {

	/** What repeated values may add to the size of a row. */
	private static final int EXPANSION = 16 * 1024 * 1024;

	/** An escape makes at most six bytes of one; base64 and numbers stay below. */
	private static final int MAX_GROWTH = 8;

	private static final int MAX_JSON = 256 * 1024 * 1024;

	private JsonLimits() {
	}

	static int bytes(long source) {
		return (int) Math.min(MAX_JSON, EXPANSION + MAX_GROWTH * source);
	}

}
