package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the JSON of small pickles, since most events of a database have the very same
 * actions.
 */
final class ActionsCache {

	private static final int SLOTS = 256;

	private static final int MAX_PICKLE = 1024;

	private static final int MAX_JSON = 4096;

	private final byte[] @Nullable [] pickles = new byte[SLOTS][];

	private final byte[] @Nullable [] documents = new byte[SLOTS][];

	private final CRC32C checksum = new CRC32C();

	byte @Nullable [] get(byte[] pickle) {
		if (pickle.length > MAX_PICKLE) {
			return null;
		}
		int slot = slot(pickle);
		return Arrays.equals(this.pickles[slot], pickle) ? this.documents[slot] : null;
	}

	void put(byte[] pickle, byte[] json) {
		if (pickle.length <= MAX_PICKLE && json.length <= MAX_JSON) {
			int slot = slot(pickle);
			this.pickles[slot] = pickle;
			this.documents[slot] = json;
		}
	}

	private int slot(byte[] pickle) {
		this.checksum.reset();
		this.checksum.update(pickle, 0, pickle.length);
		return (int) this.checksum.getValue() & (SLOTS - 1);
	}

}
