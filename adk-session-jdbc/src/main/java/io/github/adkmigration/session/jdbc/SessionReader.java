package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads sessions, their states and their events. The number of statements does not depend
 * on the number of rows.
 */
final class SessionReader {

	private final JdbcTemplate jdbc;

	private final SessionSql sql;

	private final TimeColumn eventTime;

	private final TimeColumn time;

	SessionReader(JdbcTemplate jdbc, SessionSql sql, TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.eventTime = eventTime;
		this.time = TimeColumn.utc(eventTime.dialect());
	}

	private List<Event> oldestFirst(ResultSet newestFirst) throws SQLException {
		EventRows rows = new EventRows(this.eventTime, 1);
		while (newestFirst.next()) {
			rows.add(newestFirst);
		}
		List<Event> events = rows.events();
		Collections.reverse(events);
		return events;
	}

	/**
	 * Read a session without its events.
	 */
	Optional<SessionRow> row(SessionKey key) {
		return this.jdbc
			.query(this.sql.selectSession(), (row, number) -> SessionRow.of(row, this.time, key),
					SessionSql.valuesOf(key).toArray())
			.stream()
			.findFirst();
	}

	Optional<Instant> updateTime(SessionKey key) {
		return row(key).map(SessionRow::updateTime);
	}

	/**
	 * Return the id of the last event, or nothing if there is none.
	 */
	Optional<String> newestEventId(SessionKey key) {
		return this.jdbc
			.query(this.sql.selectNewestEventId(), (row, number) -> row.getString(1),
					SessionSql.valuesOf(key).toArray())
			.stream()
			.findFirst();
	}

	/**
	 * Return the last instant within a millisecond that an event of the session has.
	 */
	Optional<Instant> lastWithin(SessionKey key, Instant millisecond) {
		List<Object> values = SessionSql.valuesOf(key);
		values.add(this.eventTime.bind(millisecond));
		values.add(this.eventTime.bind(millisecond.plusMillis(1)));
		return this.jdbc
			.query(this.sql.selectLastTime(), (row, number) -> this.eventTime.read(row, 1), values.toArray())
			.stream()
			.findFirst();
	}

	/**
	 * Read the sessions of a user, most recently changed first, without their events.
	 */
	List<Session> sessions(String appName, String userId) {
		ObjectNode app = state(this.sql.selectAppState(), appName).orElse(null);
		ObjectNode user = state(this.sql.selectUserState(), appName, userId).orElse(null);
		return this.jdbc.query(this.sql.selectSessions(), (row, number) -> {
			SessionKey key = new SessionKey(appName, userId, row.getString(3));
			ObjectNode own = JsonText.readObject(row.getString(2), "the session '" + key.id() + "'");
			return new SessionRow(this.time.read(row, 1), own, app, user).toSession(key, new ArrayList<>());
		}, appName, userId);
	}

	List<Event> events(SessionKey key) {
		return this.jdbc.query(this.sql.selectNewestEvents(false, false), this::oldestFirst,
				SessionSql.valuesOf(key).toArray());
	}

	/**
	 * Read a page of events, oldest first.
	 */
	ListEventsResponse events(SessionKey key, int pageSize, @Nullable EventPageToken after) {
		List<Object> values = SessionSql.valuesOf(key);
		if (after != null) {
			Object last = this.eventTime.bind(after.time());
			Collections.addAll(values, last, last, after.id());
		}
		values.add(pageSize + 1);
		return Objects.requireNonNull(this.jdbc.query(this.sql.selectEventPage(after != null),
				(ResultSet rows) -> page(rows, pageSize), values.toArray()));
	}

	/** One row more than the page says that there are more. */
	private ListEventsResponse page(ResultSet rows, int pageSize) throws SQLException {
		EventRows page = new EventRows(this.eventTime, 1);
		LocalDateTime last = LocalDateTime.MIN;
		int read = 0;
		boolean more = false;
		while (!more && rows.next()) {
			more = read++ == pageSize;
			last = more ? last : page.add(rows);
		}
		List<Event> events = page.events();
		ListEventsResponse.Builder response = ListEventsResponse.builder().events(List.copyOf(events));
		if (more) {
			response.nextPageToken(new EventPageToken(last, events.get(pageSize - 1).id()).encode());
		}
		return response.build();
	}

	/**
	 * Read the state of an application or a user with one of the statements that select
	 * one.
	 */
	Optional<ObjectNode> state(String select, Object... key) {
		String json = DataAccessUtils.singleResult(this.jdbc.query(select, (row, number) -> row.getString(1), key));
		return Optional.ofNullable(SessionRow.shared(json));
	}

}
