package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.UtcColumn;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
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

	private final EventTable from;

	private final EventTable to;

	private final MigrationSettings settings;

	private final EventSource source;

	private final EventRows rows;

	private final String id;

	/**
	 * Describe a conversion within one database, beside the old table.
	 * @param connection any connection; only read from
	 * @param dialect dialect of the database
	 * @param settings names and wishes
	 * @param layout layout of the rows
	 * @param events the old table
	 * @param beside the tables of a writer that calls them otherwise, if one does
	 * @param times what naive times mean
	 * @param clock the same in a text that changes with it
	 * @throws SQLException if the old table cannot be read
	 */
	public Conversion(Connection connection, DatabaseDialect dialect, MigrationSettings settings, Layout layout,
			Catalog.Table events, Optional<BesideTables> beside, LocalTimes times, String clock) throws SQLException {
		this(connection, EventTable.source(dialect, settings.tables(), beside),
				EventTable.shadow(dialect, settings.tables()), settings, layout, events, times, clock);
	}

	/**
	 * Describe a conversion from one table to another, which may be in another database.
	 * @param connection a connection to the first; only read from
	 * @param from the old rows
	 * @param to where the new ones go, which decides what JSON may hold
	 * @param settings wishes; its names do not count
	 * @param layout layout of the old rows
	 * @param events the old table
	 * @param times what naive times mean
	 * @param clock the same in a text that changes with it
	 * @throws SQLException if the old table cannot be read
	 */
	public Conversion(Connection connection, EventTable from, EventTable to, MigrationSettings settings, Layout layout,
			Catalog.Table events, LocalTimes times, String clock) throws SQLException {
		this(from, to, settings, layout, events, times, clock, EventRows.sessionGuaranteed(connection, from, events));
	}

	private Conversion(EventTable from, EventTable to, MigrationSettings settings, Layout layout, Catalog.Table events,
			LocalTimes times, String clock, boolean sessionGuaranteed) {
		this.from = from;
		this.to = to;
		this.settings = settings;
		this.source = source(layout, events, from.dialect(), to.dialect(), times, settings.repairsTimes());
		this.rows = new EventRows(from, this.source, ColumnTimes.zoned(events, "timestamp"), sessionGuaranteed);
		this.id = Checksum.of(CODEC_VERSION + "|" + layout.level() + "|" + clock + "|" + settings.timestampColumn());
	}

	/**
	 * Describe a conversion of which nothing is kept, so that no row has to be looked at
	 * beforehand.
	 */
	static Conversion onTrial(EventTable from, EventTable to, MigrationSettings settings, Layout layout,
			Catalog.Table events, LocalTimes times) {
		return new Conversion(from, to, settings, layout, events, times, "trial", !events.foreignKeys().isEmpty());
	}

	private static EventSource source(Layout layout, Catalog.Table events, DatabaseDialect from,
			DatabaseDialect dialect, LocalTimes times, boolean repairsTimes) {
		JsonTarget target = dialect.binaryJson() ? JsonTarget.BINARY : JsonTarget.TEXT;
		LayoutFamily family = layout.family();
		if (family == LayoutFamily.PYTHON_V1 && layout.has(LayoutTrait.TOUCHED_BY_JS)) {
			return new PythonJsSource(from, events, target, times);
		}
		return switch (family) {
			case PYTHON_V0 -> new PythonGoSource(events, target, times);
			case JS -> new JsSource(target, times, ColumnTimes.zoned(events, "timestamp"));
			case GO -> new GoSource(events, target, times);
			case JAVA_PR700 -> new JavaSource(target, times);
			case JAVA_PR654 -> new JavaColumnsSource(events, target, times);
			case JAVA_PR647 -> new JavaDocumentSource(target);
			case PYTHON_SQLITE_SERVICE -> new SqliteServiceSource(target, times);
			case HYBRID -> new HybridSource(from, events, target, times);
			case SQLSPEC ->
				events.has("actions") ? new PythonV0Source(events, target, times) : new SqlspecSource(target, times);
			case PYTHON_V1 -> new V1Source(target, times, repairsTimes ? UtcColumn.of(from, events) : null);
			default -> throw new IllegalStateException("Nothing converts " + family);
		};
	}

	/**
	 * Return the copy of this conversion.
	 * @param step id of the step that it is
	 * @param listener told how far it has come
	 * @return a copy, not yet run
	 */
	public ShadowCopy copy(String step, GuardedListener listener) {
		return new ShadowCopy(this, step, listener);
	}

	/**
	 * Return what brings a copy up to date with rows that came or went meanwhile.
	 * @return a reconciliation, not yet run
	 */
	public Reconciliation reconciliation() {
		return new Reconciliation(this);
	}

	/**
	 * Return what compares a finished copy with its source, row by row.
	 * @return a comparison, not yet run
	 */
	public EventComparison comparison() {
		return new EventComparison(this);
	}

	/**
	 * Return what tries rows again that were set aside.
	 * @return a retry, not yet run
	 */
	public SetAsideRetry retry() {
		return new SetAsideRetry(this);
	}

	/**
	 * Return a text that differs for conversions that may make another JSON or another
	 * time of the same row.
	 * @return 64 hexadecimal digits
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the dialect of the database that is written to.
	 */
	DatabaseDialect dialect() {
		return this.to.dialect();
	}

	/**
	 * Return the names in the database that is written to.
	 */
	SessionTables tables() {
		return this.to.tables();
	}

	EventRows rows() {
		return this.rows;
	}

	int batchSize() {
		return this.settings.batchSize();
	}

	int maxRowsPerSecond() {
		return this.settings.maxRowsPerSecond();
	}

	/**
	 * Return the table that is written to.
	 */
	String target() {
		return this.to.sql();
	}

	/**
	 * Return the table that is read.
	 */
	String events() {
		return this.from.sql();
	}

	EventConverter converter() {
		return new EventConverter(this.source, dialect(), this.settings.timestampColumn());
	}

	EventReader reader(Connection connection, @Nullable String after) throws SQLException {
		return EventReader.of(connection, this.rows, this.from, Math.min(batchSize(), EventReader.LARGEST_PAGE), after);
	}

	EventWriter writer() {
		return switch (dialect()) {
			case SQLITE -> new SqliteEventWriter(target());
			case POSTGRESQL -> new PostgresEventWriter(target());
			case MYSQL, MARIADB, H2 -> new MultiRowEventWriter(dialect(), target());
		};
	}

}
