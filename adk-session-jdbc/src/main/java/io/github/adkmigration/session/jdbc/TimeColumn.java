package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * The naive time columns, which hold UTC in microseconds. They are bound and read as
 * local date-times, which no driver shifts by the zone of the JVM or of the connection.
 */
final class TimeColumn {

	// The fixed six digits of SQLAlchemy: text of equal length sorts like the times.
	private static final DateTimeFormatter SQLITE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	private static final DateTimeFormatter SQLITE_LENIENT = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.appendLiteral(' ')
		.appendPattern("HH:mm:ss")
		.optionalStart()
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.optionalEnd()
		.optionalStart()
		.appendOffsetId()
		.optionalEnd()
		.toFormatter();

	private TimeColumn() {
	}

	/**
	 * Return the value to bind for an instant.
	 */
	static Object bind(Instant instant, DatabaseDialect dialect) {
		LocalDateTime utc = LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
		return dialect == DatabaseDialect.SQLITE ? SQLITE.format(utc) : utc;
	}

	/**
	 * Read the instant in a column.
	 */
	static Instant read(ResultSet row, String column, DatabaseDialect dialect) throws SQLException {
		if (dialect == DatabaseDialect.SQLITE) {
			return fromSqlite(row.getObject(column));
		}
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

	/**
	 * Read one value of SQLite, which keeps what each writer wrote: text without zone, or
	 * the number of seconds of adk-python's SqliteSessionService.
	 */
	private static Instant fromSqlite(Object value) {
		if (value instanceof Number number) {
			return EpochSeconds.toInstant(DecimalNode.valueOf(new BigDecimal(number.toString())));
		}
		String text = value.toString().replace('T', ' ');
		try {
			TemporalAccessor time = SQLITE_LENIENT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
			return time instanceof OffsetDateTime offset ? offset.toInstant()
					: LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			throw new SessionException("A time column holds text that is not a time.", ex);
		}
	}

}
