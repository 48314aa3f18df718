package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.LargestRowReader;
import io.github.adkmigration.catalog.PacketLimit;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.preflight.PreflightFacts.LargeRow;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks for rows that would end a run in its middle, because they are larger than MySQL
 * or MariaDB lets pass.
 */
final class LargeRowsReader {

	private static final List<SessionTable> ALL = List.of(SessionTable.EVENTS, SessionTable.SESSIONS,
			SessionTable.APP_STATES, SessionTable.USER_STATES);

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables source;

	private final Catalog catalog;

	LargeRowsReader(Connection connection, DatabaseDialect dialect, SessionTables source, Catalog catalog) {
		this.connection = connection;
		this.dialect = dialect;
		this.source = source;
		this.catalog = catalog;
	}

	/**
	 * Look at the tables whose rows are read and written.
	 * @param sessions whether those of sessions and states are, which are otherwise
	 * altered within the server
	 */
	List<LargeRow> read(boolean sessions) throws SQLException {
		List<LargeRow> large = new ArrayList<>();
		if (!this.dialect.mysqlFamily()) {
			return large;
		}
		PacketLimit limit = PacketLimit.of(this.connection, this.dialect);
		for (SessionTable table : sessions ? ALL : List.of(SessionTable.EVENTS)) {
			String name = this.source.name(table);
			Catalog.Table found = this.catalog.table(name).orElse(null);
			long bytes = found == null ? 0 : LargestRowReader.bytes(this.connection, this.dialect,
					this.source.sql(table, this.dialect), found);
			if (limit.stops(bytes)) {
				large.add(new LargeRow(name, bytes, limit));
			}
		}
		return large;
	}

}
