package io.github.adkmigration.detect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads the few values that the catalog does not have: the version row, and from at most
 * {@value #ROWS} events the first byte of the payload and the kind of the time. Events
 * are taken in the order of the primary key, whose index serves them without a sort;
 * event ids are random, so every writer of the table has the same chance to be seen.
 */
final class RowSampler {

	private static final int ROWS = 100;

	private static final int LONGEST_VERSION = 64;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	RowSampler(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	Marker marker(Connection connection, Catalog catalog) throws SQLException {
		Optional<Catalog.Table> table = catalog.table(this.tables.name(SessionTable.METADATA));
		if (table.isEmpty() || !table.get().has("key") || !table.get().has("value")) {
			return new Marker(table.isPresent(), Optional.empty());
		}
		String sql = "SELECT substr(" + this.dialect.quote("value") + ", 1, " + LONGEST_VERSION + ") FROM "
				+ this.tables.sql(SessionTable.METADATA, this.dialect) + " WHERE " + this.dialect.quote("key") + " = ?";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, HeadSchema.SCHEMA_VERSION_KEY);
			try (ResultSet rows = statement.executeQuery()) {
				return new Marker(true, rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty());
			}
		}
	}

	RowSample sample(Connection connection, Catalog catalog) throws SQLException {
		Optional<Catalog.Table> events = catalog.table(this.tables.name(SessionTable.EVENTS));
		if (events.isEmpty() || !events.get().has("timestamp")
				|| !(events.get().has("actions") || events.get().has("event_data"))) {
			return RowSample.NONE;
		}
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sampleStatement(events.get()))) {
			return tally(rows);
		}
	}

	private String sampleStatement(Catalog.Table events) {
		String actions = events.column("actions").map((column) -> firstByte(column.type())).orElse("NULL");
		String eventData = events.has("event_data")
				? "CASE WHEN " + this.dialect.quote("event_data") + " IS NULL THEN 0 ELSE 1 END" : "0";
		List<String> order = events.primaryKey().stream().map(this.dialect::quote).toList();
		return "SELECT " + actions + ", " + eventData + ", " + timeKind() + " FROM "
				+ this.tables.sql(SessionTable.EVENTS, this.dialect)
				+ (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order)) + " LIMIT " + ROWS;
	}

	/** The first byte in hexadecimal digits; NULL where the column cannot hold bytes. */
	private String firstByte(String type) {
		String actions = this.dialect.quote("actions");
		return switch (this.dialect) {
			case SQLITE, MYSQL, MARIADB -> "hex(substr(" + actions + ", 1, 1))";
			case POSTGRESQL -> type.equals("bytea") ? "encode(substr(" + actions + ", 1, 1), 'hex')" : "NULL";
			case H2 -> "NULL";
		};
	}

	private String timeKind() {
		if (this.dialect != DatabaseDialect.SQLITE) {
			return "NULL";
		}
		return "CASE WHEN typeof(\"timestamp\") = 'text' AND (\"timestamp\" GLOB '*[+-][0-9][0-9]:[0-9][0-9]')"
				+ " THEN 'text_with_offset' ELSE typeof(\"timestamp\") END";
	}

	private static RowSample tally(ResultSet rows) throws SQLException {
		int count = 0;
		int pickles = 0;
		int json = 0;
		int other = 0;
		int eventData = 0;
		Map<RowSample.TimeKind, Integer> times = new EnumMap<>(RowSample.TimeKind.class);
		while (rows.next()) {
			count++;
			String first = rows.getString(1);
			switch (first == null ? "" : first.toLowerCase(Locale.ROOT)) {
				case "80" -> pickles++;
				case "7b" -> json++;
				case "" -> {
				}
				default -> other++;
			}
			eventData += rows.getInt(2);
			Optional.ofNullable(rows.getString(3))
				.flatMap(RowSampler::timeKind)
				.ifPresent((kind) -> times.merge(kind, 1, Integer::sum));
		}
		return new RowSample(count, pickles, json, other, eventData, times);
	}

	private static Optional<RowSample.TimeKind> timeKind(String name) {
		return switch (name) {
			case "text" -> Optional.of(RowSample.TimeKind.TEXT);
			case "text_with_offset" -> Optional.of(RowSample.TimeKind.TEXT_WITH_OFFSET);
			case "real" -> Optional.of(RowSample.TimeKind.REAL);
			case "integer" -> Optional.of(RowSample.TimeKind.INTEGER);
			default -> Optional.empty();
		};
	}

}
