package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.codec.JsonColumn;
import org.jspecify.annotations.Nullable;

/**
 * A layout that keeps an event as one JSON text.
 */
abstract class JsonEventSource implements EventSource {

	@Override
	public final List<String> columns() {
		return List.of("invocation_id", "event_data");
	}

	/**
	 * Where the server has not compressed the JSON it knows its size, of which the text
	 * is at most a multiple. Making the text to measure it would take as long as reading
	 * it.
	 */
	@Override
	public final String largestColumn() {
		return "CASE WHEN pg_column_compression(e.event_data) IS NULL THEN 2 * pg_column_size(e.event_data)"
				+ " ELSE octet_length(CAST(e.event_data AS text)) END";
	}

	@Override
	public final Object payload(PayloadRow row, EventKey key) throws SQLException {
		return new Row(row.text(0), row.json(1));
	}

	@Override
	public final byte @Nullable [] raw(Object payload) {
		JsonColumn document = ((Row) payload).document();
		return document == null ? null : document.utf8();
	}

	@Override
	public final int size(Object payload) {
		JsonColumn document = ((Row) payload).document();
		return 500 + (document == null ? 0 : 2 * document.length());
	}

	/**
	 * The columns of such a layout.
	 *
	 * @param invocationId the invocation, or {@code null}
	 * @param document the event, or {@code null}
	 */
	record Row(@Nullable String invocationId, @Nullable JsonColumn document) {

		/**
		 * Return the event as a text.
		 */
		@Nullable String json() {
			return this.document == null ? null : this.document.text();
		}

	}

}
