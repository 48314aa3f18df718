package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.TableMeasure;
import io.github.adkmigration.report.TableSizes;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Measures the session tables: by counting where that is a matter of a second, by the
 * statistics of the database where it is not. SQLite has none, so its tables are
 * estimated by their largest {@code rowid} and by some rows from both ends.
 *
 * @since 0.1.0
 */
public final class TableMeasureReader {

	/** A slow disk reads this in a second or two. */
	private static final long COUNTED_BYTES = 256L << 20;

	private static final int SAMPLE = 250;

	/** What SQLite and its pages take for each row and each entry of an index. */
	private static final int ROW_OVERHEAD = 16;

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	/**
	 * Create a reader.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param catalog the tables that exist
	 */
	public TableMeasureReader(Connection connection, DatabaseDialect dialect, SessionTables tables, Catalog catalog) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
	}

	/**
	 * Measure each table that exists.
	 * @return the tables, in the order of {@link SessionTable}
	 * @throws SQLException if the database refuses a query
	 */
	public List<TableMeasure> read() throws SQLException {
		List<TableMeasure> measures = new ArrayList<>();
		if (this.dialect == DatabaseDialect.SQLITE) {
			boolean small = SqlitePages.read(this.connection).used() <= COUNTED_BYTES;
			for (SessionTable table : SessionTable.values()) {
				if (exists(table)) {
					measures.add(sqlite(table, small));
				}
			}
		}
		else if (this.dialect == DatabaseDialect.H2) {
			for (SessionTable table : SessionTable.values()) {
				if (exists(table)) {
					measures.add(measure(table, count(table), true, TableMeasure.UNKNOWN, false));
				}
			}
		}
		else {
			for (TableSizes.Size size : sizes()) {
				boolean counted = size.bytes() <= COUNTED_BYTES;
				measures.add(measure(size.table(), counted ? count(size.table()) : size.rows(), counted, size.bytes(),
						this.dialect == DatabaseDialect.POSTGRESQL));
			}
		}
		return measures;
	}

	/** MySQL remembers what it was asked once, and answers the same for a day. */
	private List<TableSizes.Size> sizes() throws SQLException {
		if (this.dialect != DatabaseDialect.MYSQL) {
			return TableSizeReader.read(this.connection, this.dialect, this.tables);
		}
		long expiry = number("SELECT @@session.information_schema_stats_expiry");
		expiry(0);
		try {
			return TableSizeReader.read(this.connection, this.dialect, this.tables);
		}
		finally {
			expiry(expiry);
		}
	}

	private void expiry(long seconds) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET SESSION information_schema_stats_expiry = " + seconds);
		}
	}

	private boolean exists(SessionTable table) {
		return this.catalog.table(this.tables.name(table)).isPresent();
	}

	private TableMeasure measure(SessionTable table, long rows, boolean counted, long bytes, boolean exact) {
		return new TableMeasure(table, this.tables.name(table), rows, counted, bytes, exact);
	}

	private long count(SessionTable table) throws SQLException {
		return number("SELECT COUNT(*) FROM " + this.tables.sql(table, this.dialect));
	}

	private TableMeasure sqlite(SessionTable table, boolean small) throws SQLException {
		Catalog.Table found = this.catalog.table(this.tables.name(table)).orElseThrow();
		long rows = small ? count(table)
				: number("SELECT COALESCE(MAX(rowid), 0) FROM " + this.tables.sql(table, this.dialect));
		String row = lengths(found.columns().stream().map(Catalog.Column::name).toList());
		String key = lengths(found.primaryKey());
		String sample = "SELECT " + row + " AS r, " + key + " AS k FROM " + this.tables.sql(table, this.dialect)
				+ " ORDER BY rowid";
		double bytes;
		try (Statement statement = this.connection.createStatement();
				ResultSet average = statement
					.executeQuery("SELECT AVG(r), AVG(k) FROM (SELECT * FROM (" + sample + " LIMIT " + SAMPLE
							+ ") UNION ALL SELECT * FROM (" + sample + " DESC LIMIT " + SAMPLE + "))")) {
			average.next();
			bytes = average.getDouble(1) + ROW_OVERHEAD
					+ (average.getDouble(2) + ROW_OVERHEAD) * (1 + found.indexes().size());
		}
		// Where rows were deleted the largest rowid is more than there are, and the file
		// says how many there can be.
		long present = small ? rows : Math.min(rows, Math.round(SqlitePages.read(this.connection).used() / bytes));
		return measure(table, present, small, Math.round(present * bytes), false);
	}

	private String lengths(List<String> columns) {
		return columns.isEmpty() ? "0"
				: columns.stream()
					.map((column) -> "COALESCE(length(CAST(" + this.dialect.quote(column) + " AS BLOB)), 0)")
					.collect(Collectors.joining(" + "));
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
