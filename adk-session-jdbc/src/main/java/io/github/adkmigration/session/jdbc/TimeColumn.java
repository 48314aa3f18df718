package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
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
 * A naive time column in microseconds. It is bound and read as local date-times, which no
 * driver shifts by the zone of the JVM or of the connection.
 *
 * @param dialect dialect of the database
 * @param zone whose wall clock the column shows
 */
record TimeColumn(DatabaseDialect dialect, ZoneId zone) {

	/** What Python's datetime can hold. */
	static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

	static final Instant LAST = Instant.parse("9999-12-30T23:59:59.999999Z");

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

	static TimeColumn utc(DatabaseDialect dialect) {
		return new TimeColumn(dialect, ZoneOffset.UTC);
	}

	/**
	 * Return the value to bind for an instant.
	 */
	Object bind(Instant instant) {
		return bind(LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), this.zone));
	}

	/**
	 * Return the value to bind for what a column shows.
	 */
	Object bind(LocalDateTime shown) {
		return this.dialect == DatabaseDialect.SQLITE ? SQLITE.format(shown) : shown;
	}

	/**
	 * Return the value to bind for the first of the times that a reader asks for. What no
	 * column can hold is brought to its limits, and a part of a microsecond is rounded
	 * up.
	 */
	Object bindFirst(Instant instant) {
		Instant limited = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
		Instant cut = limited.truncatedTo(ChronoUnit.MICROS);
		return bind(cut.equals(limited) ? cut : cut.plus(1, ChronoUnit.MICROS));
	}

	/**
	 * Read the instant in a column.
	 */
	Instant read(ResultSet row, int column) throws SQLException {
		return instant(readShown(row, column));
	}

	Instant instant(LocalDateTime shown) {
		return shown.atZone(this.zone).toInstant();
	}

	/**
	 * Read what a column shows.
	 */
	LocalDateTime readShown(ResultSet row, int column) throws SQLException {
		return this.dialect == DatabaseDialect.SQLITE ? fromSqlite(row.getObject(column))
				: row.getObject(column, LocalDateTime.class);
	}

	/**
	 * Read one value of SQLite, which keeps what each writer wrote: text without zone, or
	 * the number of seconds of adk-python's SqliteSessionService.
	 */
	private LocalDateTime fromSqlite(Object value) {
		if (value instanceof Number number) {
			Instant instant = EpochSeconds.toInstant(DecimalNode.valueOf(new BigDecimal(number.toString())));
			return LocalDateTime.ofInstant(instant, this.zone);
		}
		String text = value.toString().replace('T', ' ');
		try {
			TemporalAccessor time = SQLITE_LENIENT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
			return time instanceof OffsetDateTime offset ? LocalDateTime.ofInstant(offset.toInstant(), this.zone)
					: LocalDateTime.from(time);
		}
		catch (DateTimeException ex) {
			throw new SessionException("A time column holds text that is not a time.", ex);
		}
	}

}
