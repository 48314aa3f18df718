package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts the first rows of a table on trial, with the reader, the converter and the
 * writer of a run, into a temporary table of the connection, and takes the time. Nothing
 * of it stays. Where nobody may make a temporary table the rows are read and converted
 * only.
 *
 * @since 0.1.0
 */
public final class ConversionSample {

	private static final Logger logger = LoggerFactory.getLogger(ConversionSample.class);

	private static final String NAME = "adk_migration_sample";

	private static final int MOST_ROWS = 20_000;

	private static final long ENOUGH_NANOS = 1_500_000_000L;

	/** A JVM that has just started needs some pages before it shows what it can do. */
	private static final int FEWEST_PAGES = 8;

	private static final long MOST_NANOS = 4_000_000_000L;

	private static final int PAGE_ROWS = 250;

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String table;

	/**
	 * Create a sample.
	 * @param connection a connection in auto-commit mode, used by nobody else meanwhile
	 * @param dialect its dialect
	 * @param tables the names of the target
	 */
	public ConversionSample(Connection connection, DatabaseDialect dialect, SessionTables tables) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.table = switch (dialect) {
			case POSTGRESQL -> "pg_temp." + dialect.quote(NAME);
			case SQLITE -> "temp." + dialect.quote(NAME);
			case MYSQL, MARIADB, H2 -> tables.qualify(NAME, dialect);
		};
	}

	/**
	 * Take the sample.
	 * @param settings wishes
	 * @param layout layout of the rows
	 * @param events the old table
	 * @param beside the tables of a writer that calls them otherwise, if one does
	 * @return what it took, empty if there is no row
	 * @throws SQLException if the rows cannot be read
	 */
	public Optional<SampleTimes> take(MigrationSettings settings, Layout layout, Catalog.Table events,
			Optional<BesideTables> beside) throws SQLException {
		EventTable from = EventTable.source(this.dialect, this.tables, beside);
		RowClock clock = RowClock.of(this.connection, from, Optional.empty(), settings.legacyClock());
		Conversion conversion = Conversion.onTrial(from, new EventTable(this.dialect, this.tables, this.table),
				settings.withBatchSize(Math.min(settings.batchSize(), PAGE_ROWS)), layout, events, clock.times());
		// In one transaction a pooler gives one session, and what is rolled back was
		// never
		// there.
		this.connection.setAutoCommit(false);
		try {
			return take(conversion, created());
		}
		finally {
			try {
				this.connection.rollback();
			}
			finally {
				this.connection.setAutoCommit(true);
			}
			drop();
		}
	}

	private Optional<SampleTimes> take(Conversion conversion, boolean write) throws SQLException {
		EventConverter converter = conversion.converter();
		EventWriter writer = conversion.writer();
		List<Page> pages = new ArrayList<>();
		long begun = System.nanoTime();
		long rows = 0;
		try (EventReader reader = conversion.reader(this.connection, null)) {
			while (rows < MOST_ROWS && goesOn(System.nanoTime() - begun, pages.size())) {
				long start = System.nanoTime();
				SourcePage page = reader.next();
				if (page == null) {
					break;
				}
				long read = System.nanoTime();
				ConvertedPage converted = converter.convert(page);
				long done = System.nanoTime();
				if (write) {
					writer.write(this.connection, converted.events());
				}
				rows += page.events().size();
				pages.add(new Page(page.events().size(), read - start, done - read, System.nanoTime() - done));
			}
		}
		List<Page> timed = pages.subList(pages.size() / 2, pages.size());
		return rows == 0 ? Optional.empty()
				: Optional.of(new SampleTimes(rows, timed.stream().mapToLong(Page::rows).sum(),
						timed.stream().mapToLong(Page::read).sum(), timed.stream().mapToLong(Page::convert).sum(),
						write ? timed.stream().mapToLong(Page::write).sum() : 0, write));
	}

	private static boolean goesOn(long nanos, int pages) {
		return nanos < (pages < FEWEST_PAGES ? MOST_NANOS : ENOUGH_NANOS);
	}

	private boolean created() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(definition());
			return true;
		}
		catch (SQLException ex) {
			logger.debug("There can be no temporary table: {}", ex.getClass().getSimpleName());
			this.connection.rollback();
			return false;
		}
	}

	/** MySQL and MariaDB have keys and indexes from the beginning in a run too. */
	private String definition() {
		Catalog.Table head = HeadSchema.of(this.dialect, this.tables).table(SessionTable.EVENTS);
		String columns = head.columns()
			.stream()
			.map((column) -> this.dialect.quote(column.name()) + " " + column.definition()
					+ (column.nullable() ? "" : " NOT NULL"))
			.collect(Collectors.joining(", "));
		return this.dialect.mysqlFamily()
				? "CREATE TEMPORARY TABLE " + this.table + " (" + columns + ", PRIMARY KEY ("
						+ String.join(", ", head.primaryKey()) + "), INDEX ("
						+ String.join(", ", head.indexes().get(0).columns()) + ")) DEFAULT CHARACTER SET utf8mb4"
				: "CREATE TEMPORARY TABLE "
						+ (this.dialect == DatabaseDialect.POSTGRESQL ? this.table : this.dialect.quote(NAME)) + " ("
						+ columns + ")";
	}

	/** Where a rollback does not take it away. */
	private void drop() {
		if (!this.dialect.mysqlFamily()) {
			return;
		}
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("DROP TEMPORARY TABLE IF EXISTS " + this.table);
		}
		catch (SQLException ex) {
			logger.debug("The temporary table ends with its session: {}", ex.getClass().getSimpleName());
		}
	}

	/** How long a page took. */
	private record Page(long rows, long read, long convert, long write) {
	}

}
