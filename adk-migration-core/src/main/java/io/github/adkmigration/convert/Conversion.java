package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;

/**
 * How the events of one layout become head's on one database.
 *
 * @since 0.1.0
 */
public final class Conversion {

	/** Counts up whenever the same row would become another JSON than before. */
	private static final String CODEC_VERSION = "1";

	/** What is on its way between two threads at a time; more only fills the heap. */
	private static final int LARGEST_PAGE = 1000;

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final EventSource source;

	private final EventRows rows;

	private final String id;

	/**
	 * Describe a conversion.
	 * @param connection any connection; only read from
	 * @param dialect dialect of the database
	 * @param settings names and wishes
	 * @param layout layout of the rows
	 * @param events the old table
	 * @param times what naive times mean
	 * @param clock the same in a text that changes with it
	 * @throws SQLException if the old table cannot be read
	 */
	public Conversion(Connection connection, DatabaseDialect dialect, MigrationSettings settings, Layout layout,
			Catalog.Table events, LocalTimes times, String clock) throws SQLException {
		this.dialect = dialect;
		this.settings = settings;
		this.source = source(layout.family(), events, dialect, times);
		this.rows = new EventRows(dialect, settings.tables(), this.source,
				EventRows.sessionGuaranteed(connection, dialect, settings.tables(), events));
		this.id = Checksum.of(CODEC_VERSION + "|" + layout.level() + "|" + clock + "|" + settings.timestampColumn());
	}

	private static EventSource source(LayoutFamily family, Catalog.Table events, DatabaseDialect dialect,
			LocalTimes times) {
		JsonTarget target = dialect.binaryJson() ? JsonTarget.BINARY : JsonTarget.TEXT;
		return switch (family) {
			case PYTHON_V0 -> new PythonV0Source(events, target, times);
			case JAVA_PR700 -> new JavaSource(target, times);
			case PYTHON_SQLITE_SERVICE -> new SqliteServiceSource(target, times);
			default -> throw new IllegalStateException("Nothing converts " + family);
		};
	}

	/**
	 * Return the copy of this conversion.
	 * @return a copy, not yet run
	 */
	public ShadowCopy copy() {
		return new ShadowCopy(this);
	}

	/**
	 * Return what brings a copy up to date with rows that came or went meanwhile.
	 * @return a reconciliation, not yet run
	 */
	public Reconciliation reconciliation() {
		return new Reconciliation(this);
	}

	String id() {
		return this.id;
	}

	DatabaseDialect dialect() {
		return this.dialect;
	}

	SessionTables tables() {
		return this.settings.tables();
	}

	EventRows rows() {
		return this.rows;
	}

	int batchSize() {
		return this.settings.batchSize();
	}

	String shadow() {
		return tables().sql(BookkeepingTable.SHADOW, this.dialect);
	}

	String events() {
		return tables().sql(SessionTable.EVENTS, this.dialect);
	}

	EventConverter converter() {
		return new EventConverter(this.source, this.dialect, this.settings.timestampColumn());
	}

	EventReader reader(Connection connection, @Nullable String after) throws SQLException {
		int pageSize = Math.min(batchSize(), LARGEST_PAGE);
		return switch (this.dialect) {
			case SQLITE -> new SqliteEventReader(connection, this.rows, events(), pageSize, after);
			case POSTGRESQL -> new PostgresEventReader(connection, this.rows, events(), pageSize, after);
			case MYSQL, MARIADB -> new MysqlEventReader(connection, this.rows, events(), pageSize, after);
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	EventWriter writer() {
		return switch (this.dialect) {
			case SQLITE -> new SqliteEventWriter(shadow());
			case POSTGRESQL -> new PostgresEventWriter(shadow());
			case MYSQL, MARIADB -> new MysqlEventWriter(shadow());
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

}
