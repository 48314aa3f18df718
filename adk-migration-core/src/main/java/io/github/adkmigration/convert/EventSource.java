package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.codec.EncodedEvent;
import io.github.adkmigration.codec.UnconvertibleEventException;
import org.jspecify.annotations.Nullable;

/**
 * A source layout: which columns its events have and what they mean as JSON of head. One
 * small class per layout; reading, writing and accounting are the same for all.
 */
interface EventSource {

	/**
	 * Return the columns to read beside the key and the time, in the order in which
	 * {@link #payload} expects them.
	 */
	List<String> columns();

	/**
	 * Return the SQL for the bytes of the column of which the length decides how many
	 * rows fit into memory. The table is called {@code e}.
	 */
	String largestColumn();

	/**
	 * Read the payload of the current row.
	 * @param row {@link #columns()} of the row
	 */
	Object payload(PayloadRow row, EventKey key) throws SQLException;

	/**
	 * Return the bytes to keep if the row is set aside.
	 */
	byte @Nullable [] raw(Object payload);

	/**
	 * Return the rough size of a payload in memory, bytes.
	 */
	int size(Object payload);

	/**
	 * Return the instant of a row, or {@link Long#MIN_VALUE} if the time is none.
	 * @param wallMicros the stored time as microseconds if it is naive, else
	 * {@link Long#MIN_VALUE}
	 */
	long epochMicros(SourceEvent event, long wallMicros);

	/**
	 * Convert a row.
	 * @throws UnconvertibleEventException if it belongs into quarantine
	 */
	Encoded encode(SourceEvent event, long epochMicros);

	/**
	 * A converted payload.
	 *
	 * @param invocationId the invocation that the event belongs to
	 * @param event the JSON and what was replaced in it
	 */
	record Encoded(String invocationId, EncodedEvent event) {
	}

}
