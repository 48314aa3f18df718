package io.github.adkmigration.session.jdbc;

import java.util.Optional;

import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;

/**
 * Reads a session with its state and its events of one moment.
 */
interface SessionGet {

	/**
	 * Read a session.
	 * @return the session, or nothing if it does not exist
	 */
	Optional<Session> session(SessionKey key, GetSessionConfig config);

}
