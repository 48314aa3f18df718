package io.github.adkmigration.session.jdbc;

/**
 * Writes an event, the time of its session and its state delta: all or nothing.
 */
interface EventAppend {

	/**
	 * Write.
	 * @throws StaleSessionException if the session was not changed last when the event
	 * expects it
	 * @throws com.google.adk.sessions.SessionNotFoundException if there is no such
	 * session
	 */
	void write(NewEvent event);

}
