package io.github.adkmigration.session.jdbc;

import java.io.IOException;

/**
 * Ends the reading of an event that has to be read by a tree. Never seen by anybody but
 * {@link EventJson}, which does that.
 */
final class NeedsTreeException extends IOException {

	static final NeedsTreeException INSTANCE = new NeedsTreeException();

	private static final long serialVersionUID = 1L;

	private NeedsTreeException() {
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
