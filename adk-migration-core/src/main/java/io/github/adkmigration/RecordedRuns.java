package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunReader;
import io.github.adkmigration.report.History;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads the history where there may be none yet.
 */
final class RecordedRuns {

	private RecordedRuns() {
	}

	static History read(Connection connection, DatabaseDialect dialect, SessionTables tables) throws SQLException {
		Catalog catalog = CatalogReader.read(connection, dialect, tables);
		boolean recorded = catalog.table(tables.name(BookkeepingTable.RUN)).isPresent()
				&& catalog.table(tables.name(BookkeepingTable.STEP)).isPresent();
		if (!recorded) {
			return new History(List.of(), List.of());
		}
		RunReader reader = new RunReader(dialect, tables);
		return new History(reader.newest(connection, Integer.MAX_VALUE), reader.refused(connection, Integer.MAX_VALUE));
	}

}
