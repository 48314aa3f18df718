package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
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
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads sessions, their states and their events. The number of statements does not depend
 * on the number of rows.
 */
final class SessionReader {

	private static final int ATTEMPTS = 5;

	private final JdbcTemplate jdbc;

	private final Transactions transactions;

	private final SessionSql sql;

	private final TimeColumn eventTime;

	private final TimeColumn time;

	SessionReader(JdbcTemplate jdbc, Transactions transactions, SessionSql sql, TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.sql = sql;
		this.eventTime = eventTime;
		this.time = TimeColumn.utc(eventTime.dialect());
	}

	/**
	 * Read a session with its state and events of one moment. An append between the
	 * statements shows in the time of the session; then both are read again.
	 */
	Optional<Session> session(SessionKey key, GetSessionConfig config) {
		if (config.numRecentEvents().filter((count) -> count <= 0).isPresent()) {
			return row(key).map((row) -> row.toSession(key, new ArrayList<>()));
		}
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			Found found = find(key, config);
			if (found.ofOneMoment()) {
				return found.session(key);
			}
		}
		Found found = this.transactions.snapshot(() -> find(key, config));
		if (!found.ofOneMoment()) {
			throw new SessionException(
					"The session '" + key.id() + "' changes faster than it can be read. Read it again.");
		}
		return found.session(key);
	}

	private Found find(SessionKey key, GetSessionConfig config) {
		List<Object> values = valuesOf(key);
		values.addAll(valuesOf(key));
		config.afterTimestamp().ifPresent((first) -> values.add(this.eventTime.bindFirst(first)));
		config.numRecentEvents().ifPresent(values::add);
		String events = this.sql.selectNewestEventsAndTime(config.afterTimestamp().isPresent(),
				config.numRecentEvents().isPresent());
		if (this.time.dialect() == DatabaseDialect.POSTGRESQL) {
			return Objects.requireNonNull(this.jdbc
				.execute((ConnectionCallback<Found>) (connection) -> together(connection, key, events, values)));
		}
		SessionRow row = row(key).orElse(null);
		return row == null ? Found.NOTHING : Objects
			.requireNonNull(this.jdbc.query(events, (ResultSet rows) -> found(row, rows), values.toArray()));
	}

	/** PostgreSQL answers two statements that come together in one round trip. */
	private Found together(Connection connection, SessionKey key, String events, List<Object> values)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.sql.selectSession() + ";" + events)) {
			int index = 1;
			for (Object value : valuesOf(key)) {
				statement.setObject(index++, value);
			}
			for (Object value : values) {
				statement.setObject(index++, value);
			}
			statement.execute();
			SessionRow row;
			try (ResultSet session = statement.getResultSet()) {
				if (!session.next()) {
					return Found.NOTHING;
				}
				row = SessionRow.of(session, this.time, key);
			}
			statement.getMoreResults();
			try (ResultSet rows = statement.getResultSet()) {
				return found(row, rows);
			}
		}
	}

	/** Without events there is nothing that the row could contradict. */
	private Found found(SessionRow row, ResultSet newestFirst) throws SQLException {
		List<Event> events = new ArrayList<>();
		while (newestFirst.next()) {
			if (events.isEmpty()
					&& (newestFirst.getObject(5) == null || !this.time.read(newestFirst, 5).equals(row.updateTime()))) {
				return Found.TORN;
			}
			events.add(event(newestFirst).event());
		}
		Collections.reverse(events);
		return new Found(row, events, true);
	}

	private List<Event> oldestFirst(ResultSet newestFirst) throws SQLException {
		List<Event> events = new ArrayList<>();
		while (newestFirst.next()) {
			events.add(event(newestFirst).event());
		}
		Collections.reverse(events);
		return events;
	}

	private Optional<SessionRow> row(SessionKey key) {
		return this.jdbc
			.query(this.sql.selectSession(), (row, number) -> SessionRow.of(row, this.time, key),
					valuesOf(key).toArray())
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
			.query(this.sql.selectNewestEventId(), (row, number) -> row.getString(1), valuesOf(key).toArray())
			.stream()
			.findFirst();
	}

	/**
	 * Return the last instant within a millisecond that an event of the session has.
	 */
	Optional<Instant> lastWithin(SessionKey key, Instant millisecond) {
		List<Object> values = valuesOf(key);
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
		return this.jdbc.query(this.sql.selectNewestEvents(false, false), this::oldestFirst, valuesOf(key).toArray());
	}

	/**
	 * Read a page of events, oldest first.
	 */
	ListEventsResponse events(SessionKey key, int pageSize, @Nullable EventPageToken after) {
		List<Object> values = valuesOf(key);
		if (after != null) {
			Object last = this.eventTime.bind(after.time());
			Collections.addAll(values, last, last, after.id());
		}
		values.add(pageSize + 1);
		List<StoredEvent> found = this.jdbc.query(this.sql.selectEventPage(after != null), (row, number) -> event(row),
				values.toArray());
		List<StoredEvent> page = found.subList(0, Math.min(found.size(), pageSize));
		ListEventsResponse.Builder response = ListEventsResponse.builder()
			.events(page.stream().map(StoredEvent::event).toList());
		if (found.size() > pageSize) {
			StoredEvent last = page.get(pageSize - 1);
			response.nextPageToken(new EventPageToken(last.column(), last.event().id()).encode());
		}
		return response.build();
	}

	private StoredEvent event(ResultSet row) throws SQLException {
		LocalDateTime column = this.eventTime.readShown(row, 1);
		String id = row.getString(2);
		return new StoredEvent(column,
				EventJson.decode(row.getString(4), id, row.getString(3), this.eventTime.instant(column)));
	}

	/**
	 * Read the state of an application or a user with one of the statements that select
	 * one.
	 */
	Optional<ObjectNode> state(String select, Object... key) {
		String json = DataAccessUtils.singleResult(this.jdbc.query(select, (row, number) -> row.getString(1), key));
		return Optional.ofNullable(SessionRow.shared(json));
	}

	private static List<Object> valuesOf(SessionKey key) {
		return new ArrayList<>(List.of(key.appName(), key.userId(), key.id()));
	}

	/**
	 * An event and what its time column shows, which is finer than the event's own time.
	 */
	private record StoredEvent(LocalDateTime column, Event event) {

	}

	/**
	 * What a get found.
	 */
	private record Found(@Nullable SessionRow row, List<Event> events, boolean ofOneMoment) {

		private static final Found NOTHING = new Found(null, List.of(), true);

		private static final Found TORN = new Found(null, List.of(), false);

		Optional<Session> session(SessionKey key) {
			return Optional.ofNullable(this.row).map((found) -> found.toSession(key, this.events));
		}

	}

}
