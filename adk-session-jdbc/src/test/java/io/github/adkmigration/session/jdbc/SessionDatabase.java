package io.github.adkmigration.session.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database with the tables of head, and what tests do with it.
 */
final class SessionDatabase {

	static final String APP = "shop";

	static final String USER = "user-7";

	static final long NOON = 1_762_084_800_123L;

	final TestDatabase database;

	final JdbcSessionService service;

	SessionDatabase(TestDatabase database) {
		this.database = database;
		HeadTables.create(dataSource(), SessionTables.defaults(), database.dialect());
		this.service = JdbcSessionService.builder(dataSource()).build();
	}

	DataSource dataSource() {
		return this.database.dataSource();
	}

	Session create(Map<String, Object> state) {
		return this.service.createSession(APP, USER, state, null).blockingGet();
	}

	Session get(Session session) {
		return get(this.service, session);
	}

	static Session get(BaseSessionService service, Session session) {
		Session found = service.getSession(APP, USER, session.id(), Optional.empty()).blockingGet();
		assertThat(found).isNotNull();
		return found;
	}

	void append(Session session, Event event) {
		this.service.appendEvent(session, event).ignoreElement().blockingAwait();
	}

	static Event event(String text, Map<String, Object> delta) {
		return Event.builder()
			.id(Event.generateEventId())
			.invocationId("e-1")
			.author("user")
			.content(Content.fromParts(Part.fromText(text)))
			.actions(EventActions.builder().stateDelta(delta).build())
			.timestamp(NOON)
			.build();
	}

	/** google-adk's State equals no other map. */
	static Map<String, Object> copy(Map<String, Object> state) {
		return new HashMap<>(state);
	}

	@Nullable String text(String column, SessionTable table) {
		return new JdbcTemplate(dataSource()).queryForObject("SELECT " + column + " FROM " + table(table),
				String.class);
	}

	String table(SessionTable table) {
		return SessionTables.defaults().sql(table, this.database.dialect());
	}

	int count(SessionTable table) {
		Integer count = new JdbcTemplate(dataSource()).queryForObject("SELECT COUNT(*) FROM " + table(table),
				Integer.class);
		assertThat(count).isNotNull();
		return count;
	}

}
