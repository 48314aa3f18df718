package io.github.adkmigration.session.jdbc;

import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * Says whom a new session belongs to: the value of the owner column.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SessionOwner {

	/**
	 * Return the owner of a session that is about to be created. It is asked on the
	 * thread that calls {@code createSession}, so it may look at thread-bound context,
	 * but should not block. What it throws is the error of the result.
	 * @param session the new session
	 * @return a value that the type of the owner column takes, or its text; {@code null}
	 * for no owner
	 */
	@Nullable Object ownerOf(SessionKey session);

}
