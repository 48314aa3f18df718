package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gets a session with one statement, which sees the database of one moment and takes one
 * round trip.
 */
final class PostgresGet implements SessionGet {

	private static final int EVENT = 5;

	private final JdbcTemplate jdbc;

	private final SessionSql sql;

	private final TimeColumn eventTime;

	private final TimeColumn time;

	PostgresGet(JdbcTemplate jdbc, SessionSql sql, TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.eventTime = eventTime;
		this.time = TimeColumn.utc(eventTime.dialect());
	}

	@Override
	public Optional<Session> session(SessionKey key, GetSessionConfig config) {
		List<Object> values = SessionSql.valuesOf(key);
		values.addAll(SessionSql.valuesOf(key));
		config.afterTimestamp().ifPresent((since) -> values.add(this.eventTime.bindFirst(since)));
		config.numRecentEvents().ifPresent((count) -> values.add(Math.max(count, 0)));
		String select = this.sql.selectSessionAndNewestEvents(config.afterTimestamp().isPresent(),
				config.numRecentEvents().isPresent());
		return Objects
			.requireNonNull(this.jdbc.query(select, (ResultSet rows) -> session(key, rows), values.toArray()));
	}

	/** The row of the session has no id of an event. */
	private Optional<Session> session(SessionKey key, ResultSet rows) throws SQLException {
		SessionRow row = null;
		EventRows newestFirst = new EventRows(this.eventTime, EVENT);
		while (rows.next()) {
			if (rows.getString(EVENT + 1) == null) {
				row = SessionRow.of(rows, this.time, key);
			}
			else {
				newestFirst.add(rows);
			}
		}
		if (row == null) {
			return Optional.empty();
		}
		List<Event> events = newestFirst.events();
		Collections.reverse(events);
		return Optional.of(row.toSession(key, events));
	}

}
