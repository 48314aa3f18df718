package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.JavaColumnsEncoder;
import io.github.adkmigration.codec.JavaColumnsEvent;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Pull request 654 of adk-java: the columns of adk-python's V0 with google-adk's own JSON
 * in them.
 */
final class JavaColumnsSource extends ColumnEventSource {

	private final JavaColumnsEncoder encoder;

	JavaColumnsSource(Catalog.Table events, JsonTarget target, LocalTimes times) {
		super(events, times, List.of("finish_reason", "avg_logprobs", "model_version"));
		this.encoder = new JavaColumnsEncoder(target);
	}

	@Override
	public String largestColumn() {
		return "octet_length(CAST(e.actions AS text))";
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		String logprobs = text(row, COMMON + 1);
		return new JavaColumnsEvent(read(row, key), text(row, COMMON), number(logprobs), text(row, COMMON + 2));
	}

	private static @Nullable Double number(@Nullable String text) {
		return text == null ? null : Double.valueOf(text);
	}

	@Override
	V0Event common(Object payload) {
		return ((JavaColumnsEvent) payload).columns();
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		JavaColumnsEvent row = (JavaColumnsEvent) event.payload();
		return new Encoded(invocationId(row.columns()), this.encoder.encode(row, epochMicros));
	}

}
