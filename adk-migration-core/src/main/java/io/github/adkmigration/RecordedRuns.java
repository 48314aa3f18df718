package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads the history where there may be none yet.
 */
final class RecordedRuns {

	private RecordedRuns() {
	}

	static List<RunDetails> read(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		Catalog catalog = CatalogReader.read(connection, dialect, tables);
		boolean recorded = catalog.table(tables.name(BookkeepingTable.RUN)).isPresent()
				&& catalog.table(tables.name(BookkeepingTable.STEP)).isPresent();
		return recorded ? new RunHistory(dialect, tables).runs(connection) : List.of();
	}

}
