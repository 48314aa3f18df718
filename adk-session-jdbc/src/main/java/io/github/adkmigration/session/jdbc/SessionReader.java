package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads sessions, their states and their events. The number of statements does not depend
 * on the number of rows.
 */
final class SessionReader {

	private final JdbcTemplate jdbc;

	private final SessionSql sql;

	private final DatabaseDialect dialect;

	private final RowMapper<StoredEvent> eventRow;

	SessionReader(JdbcTemplate jdbc, SessionSql sql, DatabaseDialect dialect) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.dialect = dialect;
		this.eventRow = (row, number) -> event(row);
	}

	Optional<Session> session(SessionKey key, GetSessionConfig config) {
		return find(this.sql.selectSession(), key).map((row) -> {
			StateScopes state = new StateScopes(appState(key.appName()), userState(key.appName(), key.userId()),
					row.state());
			return session(key, row, state, events(key, config));
		});
	}

	/**
	 * Read the sessions of a user, most recently changed first, without their events.
	 */
	List<Session> sessions(String appName, String userId) {
		List<SessionRow> rows = this.jdbc.query(this.sql.selectSessions(), (row, number) -> sessionRow(row), appName,
				userId);
		if (rows.isEmpty()) {
			return List.of();
		}
		ObjectNode app = appState(appName);
		ObjectNode user = userState(appName, userId);
		List<Session> sessions = new ArrayList<>(rows.size());
		for (SessionRow row : rows) {
			SessionKey key = new SessionKey(appName, userId, row.id());
			sessions.add(session(key, row, new StateScopes(app, user, row.state()), List.of()));
		}
		return sessions;
	}

	private static Session session(SessionKey key, SessionRow row, StateScopes state, List<Event> events) {
		return Session.builder(key).state(state.toMap()).events(events).lastUpdateTime(row.updateTime()).build();
	}

	private List<Event> events(SessionKey key, GetSessionConfig config) {
		if (config.numRecentEvents().filter((count) -> count <= 0).isPresent()) {
			return List.of();
		}
		List<Object> values = new ArrayList<>(keyOf(key));
		config.afterTimestamp().ifPresent((time) -> values.add(TimeColumn.bind(time, this.dialect)));
		config.numRecentEvents().ifPresent(values::add);
		String select = this.sql.selectNewestEvents(config.afterTimestamp().isPresent(),
				config.numRecentEvents().isPresent());
		List<Event> events = new ArrayList<>();
		this.jdbc.query(select, this.eventRow, values.toArray()).forEach((stored) -> events.add(stored.event()));
		Collections.reverse(events);
		return events;
	}

	List<Event> events(SessionKey key) {
		return events(key, GetSessionConfig.builder().build());
	}

	/**
	 * Read a page of events, oldest first.
	 */
	ListEventsResponse events(SessionKey key, int pageSize, @Nullable EventPageToken after) {
		List<Object> values = new ArrayList<>(keyOf(key));
		if (after != null) {
			Object time = TimeColumn.bind(after.time(), this.dialect);
			values.addAll(List.of(time, time, after.id()));
		}
		values.add(pageSize + 1);
		List<StoredEvent> found = this.jdbc.query(this.sql.selectEventPage(after != null), this.eventRow,
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
		String id = row.getString("id");
		Instant column = TimeColumn.read(row, "timestamp", this.dialect);
		ObjectNode data = JsonText.readObject(row.getString("event_data"), "the event '" + id + "'");
		return new StoredEvent(column, EventJson.decode(data, id, row.getString("invocation_id"), column));
	}

	/**
	 * Read a session row with one of the statements that select one.
	 */
	Optional<SessionRow> find(String select, SessionKey key) {
		return this.jdbc.query(select, (row, number) -> sessionRow(row), keyOf(key).toArray()).stream().findFirst();
	}

	private SessionRow sessionRow(ResultSet row) throws SQLException {
		String id = row.getString("id");
		return new SessionRow(id, JsonText.readObject(row.getString("state"), "the session '" + id + "'"),
				TimeColumn.read(row, "update_time", this.dialect));
	}

	private ObjectNode appState(String appName) {
		return state(this.sql.selectAppState(), appName).orElseGet(SessionReader::nothing);
	}

	private ObjectNode userState(String appName, String userId) {
		return state(this.sql.selectUserState(), appName, userId).orElseGet(SessionReader::nothing);
	}

	/**
	 * Read the state of an application or a user with one of the statements that select
	 * one.
	 */
	Optional<ObjectNode> state(String select, Object... key) {
		String json = DataAccessUtils.singleResult(this.jdbc.query(select, (row, number) -> row.getString(1), key));
		return Optional.ofNullable(json).map((text) -> JsonText.readObject(text, "the shared state"));
	}

	private static ObjectNode nothing() {
		return JsonText.readObject(null, "nothing");
	}

	static List<Object> keyOf(SessionKey key) {
		return List.of(key.appName(), key.userId(), key.id());
	}

	/**
	 * An event and its time column, which is finer than the event's own time.
	 */
	private record StoredEvent(Instant column, Event event) {

	}

}
