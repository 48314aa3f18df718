package io.github.adkmigration.convert;

import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.TreeEventEncoder;

/**
 * Pull request 647 of adk-java: the JSON of google-adk's own event, which holds its
 * invocation and its time in milliseconds. The column says when the row was written.
 */
final class JavaDocumentSource extends JsonEventSource {

	private final TreeEventEncoder encoder;

	JavaDocumentSource(JsonTarget target) {
		this.encoder = TreeEventEncoder.java(target);
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		Double millis = this.encoder.millis(((Row) event.payload()).document());
		return millis == null ? wallMicros : JavaSource.micros(millis);
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		Row row = (Row) event.payload();
		String invocationId = this.encoder.invocationId(row.document());
		return new Encoded(invocationId,
				this.encoder.encode(event.key().id(), invocationId, row.document(), epochMicros));
	}

}
