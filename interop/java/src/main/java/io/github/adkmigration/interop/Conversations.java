package io.github.adkmigration.interop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.github.adkmigration.session.jdbc.JdbcSessionService;
import io.github.adkmigration.session.jdbc.StaleSessionException;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a Java application does with the sessions of one database.
 */
final class Conversations {

	private static final String APP = "interop";

	private static final ObjectMapper JSON = new ObjectMapper();

	private final DriverManagerDataSource dataSource;

	private final JdbcSessionService service;

	/**
	 * Connect.
	 * @param jdbcUrl where to
	 * @param login user and password with a colon in between, empty where there are none
	 */
	Conversations(String jdbcUrl, String login) {
		int colon = login.indexOf(':');
		this.dataSource = (colon <= 0) ? new DriverManagerDataSource(jdbcUrl)
				: new DriverManagerDataSource(jdbcUrl, login.substring(0, colon), login.substring(colon + 1));
		this.service = JdbcSessionService.builder(this.dataSource).build();
	}

	/**
	 * Return everything, as Java reads it.
	 */
	Map<String, Object> read(String... users) {
		Map<String, Object> sessions = new TreeMap<>();
		for (String user : users) {
			for (Session listed : this.service.listSessions(APP, user).blockingGet().sessions()) {
				Session session = get(APP, user, listed.id());
				sessions.put(user + "/" + session.id(), view(session));
			}
		}
		return sessions;
	}

	/**
	 * Return sessions of any application, as Java reads them, by application and id.
	 * @param keys application, user and id of each
	 */
	Map<String, Object> sessions(List<List<String>> keys) {
		Map<String, Object> sessions = new TreeMap<>();
		for (List<String> key : keys) {
			sessions.put(key.get(0) + "/" + key.get(2), view(get(key.get(0), key.get(1), key.get(2))));
		}
		return sessions;
	}

	private static Map<String, Object> view(Session session) {
		var seconds = session.lastUpdateTime();
		return Map.of("state", new HashMap<>(session.state()), "last_update_time",
				seconds.getEpochSecond() + seconds.getNano() / 1e9, "events",
				session.events().stream().map(Conversations::tree).toList());
	}

	private Session get(String app, String user, String session) {
		Session found = this.service.getSession(app, user, session, Optional.empty()).blockingGet();
		if (found == null) {
			throw new IllegalStateException("There is no session '" + session + "'.");
		}
		return found;
	}

	private static JsonNode tree(Event event) {
		try {
			return JSON.readTree(event.toJson());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String create(String user, String session, Map<String, Object> state) {
		return this.service.createSession(APP, user, state, session).blockingGet().id();
	}

	/**
	 * Append every event of a session to a new one, as Java read it.
	 */
	int echo(String user, String session, String to) {
		Session target = this.service.createSession(APP, user, Map.of(), to).blockingGet();
		List<Event> events = get(APP, user, session).events();
		for (Event event : events) {
			this.service.appendEvent(target, event).ignoreElement().blockingAwait();
		}
		return events.size();
	}

	/**
	 * Append events that change the state of session, application and user under keys of
	 * their own, as an application does that shares the session: who is told that it was
	 * changed reads it again.
	 */
	int append(String user, String session, String prefix, int count) {
		Session target = get(APP, user, session);
		for (int i = 0; i < count; i++) {
			String key = prefix + "-" + i;
			Map<String, Object> delta = Map.of(key, i, "app:" + key, Map.of("number", i), "user:" + key, List.of(i),
					"last", key);
			EventActions actions = EventActions.builder().build();
			actions.stateDelta().putAll(delta);
			Event event = Event.builder()
				.id(key)
				.invocationId("inv-1")
				.author("agent")
				.timestamp(System.currentTimeMillis())
				.actions(actions)
				.content(Content.builder().role("user").parts(Part.fromText(key)).build())
				.build();
			while (!appended(target, event)) {
				target = get(APP, user, session);
			}
		}
		return count;
	}

	private boolean appended(Session target, Event event) {
		try {
			this.service.appendEvent(target, event).ignoreElement().blockingAwait();
			return true;
		}
		catch (StaleSessionException ex) {
			return false;
		}
	}

	String delete(String user, String session) {
		this.service.deleteSession(APP, user, session).blockingAwait();
		return session;
	}

	/**
	 * Count the rows of events, which a reader of sessions does not see when their
	 * session is gone.
	 */
	int countEvents(String session) {
		Integer count = new JdbcTemplate(this.dataSource)
			.queryForObject("SELECT count(*) FROM events WHERE session_id = ?", Integer.class, session);
		return (count != null) ? count : 0;
	}

	List<String> catalog() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return Catalog.of(connection);
		}
	}

}
