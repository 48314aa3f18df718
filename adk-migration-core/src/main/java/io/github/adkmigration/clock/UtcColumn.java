package io.github.adkmigration.clock;

import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.codec.V1EventEncoder;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Compares the time column of a V1 event with the instant in its JSON, which adk-python
 * 2.7.0 and newer writes there as UTC. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UtcColumn {

	/** The year 1000, before which MySQL and MariaDB have no DATETIME. */
	private static final long FIRST = -30_610_224_000_000_000L;

	private static final long SECOND = 1_000_000L;

	private static final int TO_SECONDS = 19;

	private final V1EventEncoder encoder = new V1EventEncoder(JsonTarget.TEXT);

	private final DatabaseDialect dialect;

	private final boolean wholeSeconds;

	private UtcColumn(DatabaseDialect dialect, boolean wholeSeconds) {
		this.dialect = dialect;
		this.wholeSeconds = wholeSeconds;
	}

	/**
	 * Describe the column of a table.
	 * @param dialect dialect of the database
	 * @param events the table of events
	 * @return its time column
	 */
	public static UtcColumn of(DatabaseDialect dialect, Catalog.Table events) {
		// Tables made through a mariadb:// URL keep no fraction of a second.
		return new UtcColumn(dialect, dialect.mysqlFamily()
				&& events.column("timestamp").filter((column) -> column.type().equals("datetime")).isPresent());
	}

	/**
	 * Read the instant of an event.
	 * @param json its {@code event_data}
	 * @return epoch microseconds, or {@link StoredTimes#NONE} without a number of seconds
	 * in it, and for text that is no JSON object
	 */
	public long instant(@Nullable String json) {
		Double seconds;
		try {
			seconds = this.encoder.seconds(json);
		}
		catch (UnconvertibleEventException ex) {
			return StoredTimes.NONE;
		}
		if (seconds == null || Double.isNaN(seconds) || seconds >= StoredTimes.FIRST_MILLISECONDS) {
			return StoredTimes.NONE;
		}
		return instant(seconds.doubleValue());
	}

	/**
	 * Return an instant as the column would hold it.
	 * @param seconds seconds since 1970
	 * @return epoch microseconds, or {@link StoredTimes#NONE} for one that no column
	 * holds
	 */
	public long instant(double seconds) {
		long micros = StoredTimes.instantMicros(seconds);
		return micros < FIRST ? StoredTimes.NONE : micros;
	}

	/**
	 * Compare a row.
	 * @param instant what {@link #instant(String)} returned
	 * @param stored the value of the column as it is on SQLite; nothing elsewhere
	 * @param wallMicros the time in the column, microseconds as if in UTC, or
	 * {@link StoredTimes#NONE} if it is none
	 * @return how the two fit together
	 */
	public Agreement compare(long instant, @Nullable Object stored, long wallMicros) {
		// MySQL lets nobody write the zero date back that it may hold.
		if (instant == StoredTimes.NONE || (this.dialect.mysqlFamily() && wallMicros == StoredTimes.NONE)) {
			return Agreement.UNREADABLE;
		}
		boolean same;
		if (this.dialect == DatabaseDialect.SQLITE) {
			// Texts are what is ordered and compared there.
			same = StoredTimes.text(instant).equals(stored);
		}
		else {
			// MySQL rounds to seconds and MariaDB cuts.
			same = this.wholeSeconds ? Math.abs(wallMicros - instant) < SECOND : wallMicros == instant;
		}
		return same ? Agreement.SAME : Agreement.OTHER;
	}

	/**
	 * Return an instant in the form of the column.
	 * @param instant epoch microseconds
	 * @return UTC, with six digits of a second where the column has them
	 */
	public String text(long instant) {
		String text = StoredTimes.text(instant);
		return this.wholeSeconds ? text.substring(0, TO_SECONDS) : text;
	}

	/** How a column and the JSON beside it fit together. */
	public enum Agreement {

		/** The column is the instant in UTC. */
		SAME,

		/** The column is another time. */
		OTHER,

		/** One of both is no time. */
		UNREADABLE

	}

}
