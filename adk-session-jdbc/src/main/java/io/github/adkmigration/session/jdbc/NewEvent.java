package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.SessionKey;

/**
 * An event on its way into a session.
 *
 * @param session the session
 * @param expected when the session was changed last, as far as its reader knows
 * @param id id of the event
 * @param invocationId its invocation id
 * @param instant the time to store
 * @param data what {@code event_data} is to hold
 * @param delta its state delta, divided
 */
record NewEvent(SessionKey session, Instant expected, String id, String invocationId, Instant instant, ObjectNode data,
		StateScopes delta) {

	/**
	 * Encode an event.
	 * @param last the last instant of an event that this one may share its millisecond
	 * with
	 * @throws com.google.adk.sessions.SessionException if it holds a value that has no
	 * JSON form
	 */
	static NewEvent of(SessionKey session, Event event, Instant expected, Instant last) {
		Instant instant = afterLast(Instant.ofEpochMilli(event.timestamp()), last);
		ObjectNode data = EventJson.encode(event, instant);
		return new NewEvent(session, expected, event.id(), data.path("invocation_id").asText(), instant, data,
				StateScopes.divide(data.path("actions").path("state_delta")));
	}

	/**
	 * Java's events know milliseconds, and two of one millisecond would be ordered by
	 * their random ids. So an event that falls into the millisecond of the one before it
	 * is stored a microsecond after that one: it reads back the same, and in order.
	 */
	static Instant afterLast(Instant event, Instant last) {
		Instant next = last.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
		boolean sameMillisecond = next.truncatedTo(ChronoUnit.MILLIS).equals(event);
		return sameMillisecond ? next : event;
	}

}
