package io.github.adkmigration.session.jdbc;

import java.time.Instant;

import com.google.adk.sessions.SessionException;

/**
 * An event was to be appended to a session that somebody else has changed since it was
 * read. Nothing was stored: read the session again and append to what is read.
 *
 * @since 0.1.0
 */
public final class StaleSessionException extends SessionException {

	private static final long serialVersionUID = 1L;

	/** When the stored session was changed last. */
	final Instant stored;

	StaleSessionException(String sessionId, Instant stored) {
		super("The session with the id '" + sessionId
				+ "' has been changed by somebody else since it was read. Read it again before appending.");
		this.stored = stored;
	}

}
