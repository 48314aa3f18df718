package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * An SQLite database in memory with the columns that tell times, filled as adk-python
 * fills them.
 */
final class V0Database implements AutoCloseable {

	private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

	final Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");

	/** What was written: the stored text of each event and its true instant. */
	final List<Written> written = new ArrayList<>();

	private int events;

	V0Database() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("CREATE TABLE sessions (app_name VARCHAR NOT NULL, user_id VARCHAR NOT NULL,"
					+ " id VARCHAR NOT NULL, create_time DATETIME NOT NULL, update_time DATETIME NOT NULL,"
					+ " PRIMARY KEY (app_name, user_id, id))");
			statement.execute("CREATE TABLE events (id VARCHAR NOT NULL, app_name VARCHAR NOT NULL,"
					+ " user_id VARCHAR NOT NULL, session_id VARCHAR NOT NULL, invocation_id VARCHAR NOT NULL,"
					+ " timestamp DATETIME NOT NULL, PRIMARY KEY (id, app_name, user_id, session_id))");
		}
	}

	/**
	 * A session whose events a writer in a zone appended; exact as 1.20 and newer does.
	 */
	void session(String id, ZoneId zone, boolean exact, Instant created, Instant... events) throws SQLException {
		for (Instant event : events) {
			event(id, "", zone, event);
		}
		Instant last = events[events.length - 1];
		DateTimeFormatter format = exact ? MICROS : SECONDS;
		session(id, SECONDS.format(created.atOffset(ZoneOffset.UTC)), format.format(last.atOffset(ZoneOffset.UTC)));
	}

	void session(String id, String created, String updated) throws SQLException {
		insert("INSERT INTO sessions VALUES ('app', 'user', ?, ?, ?)", id, created, updated);
	}

	String event(String session, String invocation, ZoneId zone, Instant instant) throws SQLException {
		String stored = MICROS.format(instant.atZone(zone));
		String id = event(session, invocation, stored);
		this.written.add(new Written(id, session, stored, instant));
		return id;
	}

	String event(String session, String invocation, String stored) throws SQLException {
		String id = "e" + this.events++;
		insert("INSERT INTO events VALUES (?, 'app', 'user', ?, ?, ?)", id, session, invocation, stored);
		return id;
	}

	private void insert(String sql, String... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setString(i + 1, values[i]);
			}
			statement.executeUpdate();
		}
	}

	WriterClockEvidence evidence() throws SQLException {
		return WriterClockReader.read(this.connection, DatabaseDialect.SQLITE, SessionTables.defaults());
	}

	WriterClock decide() throws SQLException {
		return decide(null, null);
	}

	WriterClock decide(@Nullable String zone, @Nullable String utcSince) throws SQLException {
		return WriterClockDecision.decide(evidence(), zone == null ? null : ZoneId.of(zone),
				utcSince == null ? null : Instant.parse(utcSince), false);
	}

	LocalTimes times(ZoneId zone, Instant utcSince) throws SQLException {
		LocalZone local = LocalZone.of(zone);
		return LocalTimes.of(local, utcSince, OverlapResolution.NONE, LateLocalSessions.read(this.connection,
				DatabaseDialect.SQLITE, SessionTables.defaults(), "events", local, utcSince));
	}

	OverlapResolution overlaps(ZoneId zone) throws SQLException {
		return OverlapReader.read(this.connection, DatabaseDialect.SQLITE, SessionTables.defaults(), LocalZone.of(zone),
				null, evidence());
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * An event.
	 *
	 * @param id its id
	 * @param session its session
	 * @param stored the naive time
	 * @param instant the true instant
	 */
	record Written(String id, String session, String stored, Instant instant) {
	}

}
