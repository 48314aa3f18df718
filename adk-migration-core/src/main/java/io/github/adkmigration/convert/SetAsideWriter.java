package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.github.adkmigration.catalog.PacketLimit;
import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.convert.ConvertedPage.Substituted;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Writes the rows that are not converted, and the values that were replaced.
 */
final class SetAsideWriter {

	/** The smallest default is 16 times as large. */
	private static final int FAR_BELOW_PACKETS = 1 << 20;

	private final DatabaseDialect dialect;

	private final String quarantine;

	private final String substitution;

	private final String unlessPresent;

	SetAsideWriter(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		// A row that its owner writes again during the copy may be read twice.
		this.unlessPresent = dialect.mysqlFamily() || dialect == DatabaseDialect.H2 ? "" : " ON CONFLICT DO NOTHING";
		this.quarantine = tables.sql(BookkeepingTable.QUARANTINE, dialect);
		this.substitution = tables.sql(BookkeepingTable.SUBSTITUTION, dialect);
	}

	void write(Connection connection, ConvertedPage page) throws SQLException {
		if (!page.setAside().isEmpty()) {
			rows(connection, page.setAside());
		}
		if (!page.substitutions().isEmpty()) {
			values(connection, page.substitutions());
		}
	}

	/**
	 * Forget everything, so that the rows are tried again.
	 */
	void clear(Connection connection) throws SQLException {
		clearRows(connection);
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("DELETE FROM " + this.substitution);
		}
	}

	/**
	 * Forget the rows that were set aside, so that they are tried again.
	 */
	void clearRows(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("DELETE FROM " + this.quarantine);
		}
	}

	private void rows(Connection connection, List<SetAside> rows) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.quarantine
				+ " (id, app_name, user_id, session_id, kind, reason, message, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
				+ this.unlessPresent)) {
			for (SetAside row : rows) {
				byte[] raw = row.raw();
				if (raw != null && raw.length > FAR_BELOW_PACKETS) {
					PacketLimit.of(connection, this.dialect).require("A row for quarantine", raw, false);
				}
				key(insert, row.key());
				insert.setString(5, row.kind());
				insert.setString(6, row.reason());
				insert.setString(7, row.message());
				insert.setBytes(8, raw);
				// One by one: the payload may be large, and a driver keeps a whole page.
				insert.executeUpdate();
			}
		}
	}

	private void values(Connection connection, List<Substituted> values) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.substitution
				+ " (id, app_name, user_id, session_id, field, value_class) VALUES (?, ?, ?, ?, ?, ?)")) {
			for (Substituted value : values) {
				key(insert, value.key());
				Substitution substitution = value.substitution();
				insert.setString(5, printable(substitution.field()));
				String name = substitution.className();
				insert.setString(6, printable(name == null ? substitution.kind().name() : name));
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

	private static void key(PreparedStatement insert, EventKey key) throws SQLException {
		insert.setString(1, key.id());
		insert.setString(2, key.appName());
		insert.setString(3, key.userId());
		insert.setString(4, key.sessionId());
	}

	private static String printable(String text) {
		// A key of user data may hold what no text column takes.
		return text.replaceAll("[\\x00\\p{Cs}]", "?");
	}

}
