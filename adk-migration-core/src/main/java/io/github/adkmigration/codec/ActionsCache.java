package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what small columns of actions have become, since most events of a database
 * have the very same actions.
 */
final class ActionsCache {

	private static final int SLOTS = 256;

	private static final int MAX_COLUMN = 1024;

	private static final int MAX_JSON = 4096;

	private final byte[] @Nullable [] columns = new byte[SLOTS][];

	private final byte[] @Nullable [] documents = new byte[SLOTS][];

	private final CRC32C checksum = new CRC32C();

	byte @Nullable [] get(byte[] column) {
		if (column.length > MAX_COLUMN) {
			return null;
		}
		int slot = slot(column);
		return Arrays.equals(this.columns[slot], column) ? this.documents[slot] : null;
	}

	void put(byte[] column, byte[] json) {
		if (column.length <= MAX_COLUMN && json.length <= MAX_JSON) {
			int slot = slot(column);
			this.columns[slot] = column;
			this.documents[slot] = json;
		}
	}

	private int slot(byte[] column) {
		this.checksum.reset();
		this.checksum.update(column, 0, column.length);
		return (int) this.checksum.getValue() & (SLOTS - 1);
	}

}
