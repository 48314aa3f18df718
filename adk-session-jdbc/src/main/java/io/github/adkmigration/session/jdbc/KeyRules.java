package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.Arrays;

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

	/** A larger number of seconds is read as milliseconds. */
	private static final Instant END = Instant.ofEpochSecond(100_000_000_000L);

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
		if (time.isBefore(TimeColumn.FIRST) || !time.isBefore(END)) {
			throw new SessionException("The time of the event, " + event.timestamp()
					+ " ms since 1970, does not lie in the years 1 to 5138.");
		}
	}

	private static void check(String what, @Nullable String value, int longest) {
		String problem = value == null ? null : problem(value, longest);
		if (problem != null) {
			throw new SessionException("The " + what + " " + problem);
		}
	}

	/**
	 * Return whether a row can have this key. A database that is asked for another may
	 * cut it, or read a question mark where it cannot encode it, and find the wrong row.
	 */
	static boolean canExist(String... key) {
		return Arrays.stream(key).allMatch((value) -> problem(value, ID) == null);
	}

	private static @Nullable String problem(String value, int longest) {
		int length = value.codePointCount(0, value.length());
		if (length > longest) {
			return "has " + length + " characters; at most " + longest + " can be stored.";
		}
		boolean broken = value.codePoints()
			.anyMatch((point) -> point == 0 || Character.getType(point) == Character.SURROGATE);
		return broken ? "contains a NUL character or a lone surrogate." : null;
	}

}
