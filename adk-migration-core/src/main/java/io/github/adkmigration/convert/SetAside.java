package io.github.adkmigration.convert;

import org.jspecify.annotations.Nullable;

/**
 * A row that is not converted.
 *
 * @param key its primary key
 * @param orphaned whether only its session is missing
 * @param reason a code
 * @param message a sentence without any value of the row
 * @param raw its payload as stored
 */
@SuppressWarnings("ArrayRecordComponent")
record SetAside(EventKey key, boolean orphaned, String reason, String message, byte @Nullable [] raw) {

	/**
	 * Return the word under which the row stands in the table of such rows.
	 */
	String kind() {
		return this.orphaned ? "orphaned" : "quarantined";
	}

}
