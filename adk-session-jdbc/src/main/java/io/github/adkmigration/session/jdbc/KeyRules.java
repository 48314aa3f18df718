package io.github.adkmigration.session.jdbc;

import java.time.Instant;

import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * What the key columns hold on every database. SQLite would take more, and then no other
 * database could take over its rows.
 */
final class KeyRules {

	private static final int ID = 128;

	private static final int INVOCATION_ID = 256;

	private KeyRules() {
	}

	static void check(SessionKey key) {
		check("app name", key.appName(), ID);
		check("user id", key.userId(), ID);
		check("session id", key.id(), ID);
	}

	static void check(Event event) {
		check("event id", event.id(), ID);
		check("invocation id", event.invocationId(), INVOCATION_ID);
		Instant time = Instant.ofEpochMilli(event.timestamp());
		if (time.isBefore(TimeColumn.FIRST) || time.isAfter(TimeColumn.LAST)) {
			throw new SessionException(
					"The time " + event.timestamp() + " ms of the event lies outside of the years 1 to 9999.");
		}
	}

	private static void check(String what, @Nullable String value, int longest) {
		if (value == null) {
			return;
		}
		int length = value.codePointCount(0, value.length());
		if (length > longest) {
			throw new SessionException(
					"The " + what + " has " + length + " characters; at most " + longest + " can be stored.");
		}
		if (value.codePoints().anyMatch((point) -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
			throw new SessionException("The " + what + " contains a NUL character or a lone surrogate.");
		}
	}

}
