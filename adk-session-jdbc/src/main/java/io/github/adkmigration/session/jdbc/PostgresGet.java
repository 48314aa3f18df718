package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gets a session with one statement, which sees the database of one moment and takes one
 * round trip. What a long session has more is read in parts that double, so that events
 * are made of one part while the server sends the next. Each part comes with the time of
 * the session: if that has changed, all is read again with one statement.
 */
final class PostgresGet implements SessionGet {

	/** Events. */
	private static final int FIRST_PART = 256;

	/** Events. */
	private static final int LARGEST_PART = 1 << 14;

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
		int wanted = Math.max(config.numRecentEvents().orElse(Integer.MAX_VALUE), 0);
		EventRows newestFirst = new EventRows(this.eventTime, EVENT);
		int size = Math.min(FIRST_PART, wanted);
		Part first = part(key, config, newestFirst, null, size);
		Part last = first;
		for (int left = wanted - size; last.oldest() != null && last.events() == size && left > 0; left -= size) {
			newestFirst.decodeMeanwhile();
			size = Math.min(Math.min(2 * size, LARGEST_PART), left);
			last = part(key, config, newestFirst, last.oldest(), size);
			if (!first.isOfTheMomentOf(last)) {
				return atOnce(key, config, wanted);
			}
		}
		return first.session(key, newestFirst);
	}

	private Optional<Session> atOnce(SessionKey key, GetSessionConfig config, int wanted) {
		EventRows newestFirst = new EventRows(this.eventTime, EVENT);
		return part(key, config, newestFirst, null, wanted).session(key, newestFirst);
	}

	private Part part(SessionKey key, GetSessionConfig config, EventRows rows, @Nullable Oldest before, int size) {
		List<Object> values = SessionSql.valuesOf(key);
		values.addAll(SessionSql.valuesOf(key));
		config.afterTimestamp().ifPresent((since) -> values.add(this.eventTime.bindFirst(since)));
		if (before != null) {
			values.add(this.eventTime.bind(before.time()));
			values.add(before.id());
		}
		values.add(size);
		String select = this.sql.selectSessionAndEvents(config.afterTimestamp().isPresent(), before != null);
		return Objects
			.requireNonNull(this.jdbc.query(select, (ResultSet found) -> part(key, found, rows), values.toArray()));
	}

	/** The row of the session has no id of an event. */
	private Part part(SessionKey key, ResultSet found, EventRows rows) throws SQLException {
		SessionRow row = null;
		Oldest oldest = null;
		int events = 0;
		while (found.next()) {
			String id = found.getString(EVENT + 1);
			if (id == null) {
				row = SessionRow.of(found, this.time, key);
			}
			else {
				oldest = new Oldest(rows.add(found), id);
				events++;
			}
		}
		return new Part(row, events, oldest);
	}

	/**
	 * The last event of a part.
	 */
	private record Oldest(LocalDateTime time, String id) {
	}

	/**
	 * What one statement found.
	 */
	private record Part(@Nullable SessionRow row, int events, @Nullable Oldest oldest) {

		boolean isOfTheMomentOf(Part other) {
			return this.row != null && other.row != null && this.row.updateTime().equals(other.row.updateTime());
		}

		Optional<Session> session(SessionKey key, EventRows newestFirst) {
			if (this.row == null) {
				return Optional.empty();
			}
			List<Event> events = newestFirst.events();
			Collections.reverse(events);
			return Optional.of(this.row.toSession(key, events));
		}

	}

}
