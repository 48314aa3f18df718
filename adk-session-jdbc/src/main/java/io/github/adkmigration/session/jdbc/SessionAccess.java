package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import javax.sql.DataSource;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * How one database is read and written, which the first use of a service finds out.
 *
 * @param reader reads
 * @param get gets sessions with their events
 * @param writer creates and deletes, within a transaction
 * @param append appends
 * @param transactions the transactions of the writer
 */
record SessionAccess(SessionReader reader, SessionGet get, SessionWriter writer, EventAppend append,
		Transactions transactions) {

	static SessionAccess connect(DataSource dataSource, SessionTables tables, @Nullable OwnerColumn owner,
			ZoneId eventZone) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		DatabaseDialect dialect = dialect(dataSource);
		Transactions transactions = new Transactions(dataSource, dialect);
		SqlNames names = new SqlNames(tables, dialect);
		SessionSql sql = new SessionSql(names, owner);
		AppendSql appendSql = new AppendSql(names);
		TimeColumn eventTime = new TimeColumn(dialect, eventZone);
		SessionReader reader = new SessionReader(jdbc, sql, eventTime);
		SessionWriter writer = new SessionWriter(jdbc, sql, reader, TimeColumn.utc(dialect), owner != null);
		EventAppend append = switch (dialect) {
			case POSTGRESQL -> new PostgresAppend(jdbc, appendSql, reader, eventTime);
			case SQLITE, MYSQL, MARIADB, H2 -> new LockingAppend(jdbc, transactions, appendSql, writer, eventTime);
		};
		SessionGet get = switch (dialect) {
			case POSTGRESQL -> new PostgresGet(jdbc, sql, eventTime);
			case SQLITE, MYSQL, MARIADB, H2 -> new RepeatingGet(jdbc, transactions, sql, reader, eventTime);
		};
		return new SessionAccess(reader, get, writer, append, transactions);
	}

	private static DatabaseDialect dialect(DataSource dataSource) {
		Connection connection = Transactions.repeat("connect", () -> DataSourceUtils.getConnection(dataSource));
		try {
			return DatabaseDialect.of(connection);
		}
		catch (SQLException ex) {
			throw new SessionException("Could not ask the database for its product.", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, dataSource);
		}
	}

	/**
	 * Write an event. A session whose time is not the stored one may have lost a fraction
	 * on its way, or been put together by hand: as with adk-python, it is not stale if it
	 * ends with the event that is stored last.
	 */
	Instant append(SessionKey key, Session session, Event event) {
		Instant expected = Objects.requireNonNullElse(session.lastUpdateTime(), Instant.EPOCH);
		NewEvent first = NewEvent.of(key, event, expected, last(key, session, event, expected));
		try {
			this.append.write(first);
			return first.instant();
		}
		catch (StaleSessionException ex) {
			List<Event> known = session.events();
			Optional<String> last = known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1).id());
			if (!Transactions.repeat("append the event", () -> this.reader.newestEventId(key)).equals(last)) {
				throw ex;
			}
			NewEvent second = NewEvent.of(key, event, ex.stored, last(key, session, event, ex.stored));
			this.append.write(second);
			return second.instant();
		}
	}

	/**
	 * Return the instant that an event of the same millisecond is stored after. Only
	 * where the session was changed by an event of another time in between does the
	 * database have to say.
	 */
	private Instant last(SessionKey key, Session session, Event event, Instant changed) {
		Instant millisecond = Instant.ofEpochMilli(event.timestamp());
		boolean again = !changed.truncatedTo(ChronoUnit.MILLIS).equals(millisecond)
				&& session.events().stream().anyMatch((known) -> known.timestamp() == event.timestamp());
		return again ? Transactions.repeat("append the event", () -> this.reader.lastWithin(key, millisecond))
			.orElse(changed) : changed;
	}

}
