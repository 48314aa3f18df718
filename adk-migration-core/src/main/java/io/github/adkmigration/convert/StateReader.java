package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.EncodedEvent;
import io.github.adkmigration.codec.JsonObjectEncoder;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.TemporaryKeys;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions or states of a source in pages along their key, in the form that the
 * target wants.
 */
final class StateReader {

	private static final int LARGEST_PAGE = 500;

	/** The year 1000; what is before it is what Go calls zero. */
	private static final long FIRST_YEAR = -30_610_224_000_000_000L;

	private static final String EMPTY = "{}";

	private final Side from;

	private final StateTable table;

	private final LayoutFamily family;

	private final boolean open;

	private final JsonObjectEncoder encoder;

	private final boolean binary;

	private @Nullable List<String> last;

	/**
	 * Create a reader.
	 * @param from where the rows are
	 * @param table which rows
	 * @param family who wrote the rows
	 * @param target what the JSON columns of the target accept
	 * @param after the key after which to begin, or {@code null}
	 */
	StateReader(Side from, StateTable table, LayoutFamily family, JsonTarget target, @Nullable List<String> after) {
		this.from = from;
		this.table = table;
		this.family = family;
		this.open = family == LayoutFamily.JAVA_PR700 || family == LayoutFamily.GO;
		this.binary = target == JsonTarget.BINARY;
		this.encoder = new JsonObjectEncoder("state", target);
		this.last = after;
	}

	/**
	 * Read the next page.
	 * @param connection a connection to the source
	 * @param pageSize the most rows that it may have
	 * @return the page, empty at the end
	 */
	List<StateRow> next(Connection connection, int pageSize) throws SQLException {
		List<String> start = this.last;
		String sql = "SELECT " + selectList() + " FROM " + this.from.tables().sql(this.table.table(), dialect()) + " s"
				+ (start == null ? "" : " WHERE " + after()) + " ORDER BY "
				+ this.table.keys().stream().map((key) -> "s." + key).collect(Collectors.joining(", ")) + " LIMIT "
				+ Math.min(pageSize, LARGEST_PAGE);
		List<StateRow> rows = new ArrayList<>();
		try (PreparedStatement select = connection.prepareStatement(sql)) {
			select.setFetchSize(fetchSize(connection));
			if (start != null) {
				bind(select, start);
			}
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (bytes < EventReader.PAGE_BYTES && row.next()) {
					StateRow read = read(row);
					rows.add(read);
					bytes += read.size();
					this.last = read.key();
				}
			}
		}
		return rows;
	}

	private static int fetchSize(Connection connection) throws SQLException {
		// Connector/J holds a whole result for any other value.
		return connection.getMetaData().getDriverName().startsWith("MySQL") ? Integer.MIN_VALUE : 20;
	}

	private DatabaseDialect dialect() {
		return this.from.dialect();
	}

	private String selectList() {
		return Stream
			.of(this.table.keys().stream().map((key) -> "s." + key), Stream.of("s.state"),
					this.table.times().stream().map((time) -> ColumnTimes.select(dialect(), time(time), zoned())))
			.flatMap((columns) -> columns)
			.collect(Collectors.joining(", "));
	}

	private boolean zoned() {
		return dialect() == DatabaseDialect.POSTGRESQL
				&& (this.family == LayoutFamily.GO || this.family == LayoutFamily.JS);
	}

	/**
	 * A time that is open is that of the first or the last event, as an upgrade in place
	 * has it.
	 */
	private String time(String column) {
		if (!this.open || this.table != StateTable.SESSIONS) {
			return "s." + column;
		}
		boolean create = column.equals("create_time");
		return "COALESCE(s." + column + ", (SELECT " + (create ? "min" : "max") + "(e.timestamp) FROM "
				+ this.from.tables().sql(SessionTable.EVENTS, dialect())
				+ " e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id), s."
				+ (create ? "update_time" : "create_time") + ")";
	}

	/**
	 * Written out, since not every database finds a tuple in an index.
	 */
	private String after() {
		List<String> keys = this.table.keys();
		StringBuilder condition = new StringBuilder("s." + keys.get(0) + " >= ?");
		for (int i = 0; i < keys.size(); i++) {
			condition.append(i == 0 ? " AND (" : " OR (");
			for (int j = 0; j < i; j++) {
				condition.append("s.").append(keys.get(j)).append(" = ? AND ");
			}
			condition.append("s.").append(keys.get(i)).append(" > ?");
			condition.append(i == 0 ? "" : ")");
		}
		return condition.append(")").toString();
	}

	private static void bind(PreparedStatement select, List<String> start) throws SQLException {
		int position = 1;
		select.setString(position++, start.get(0));
		for (int i = 0; i < start.size(); i++) {
			for (int j = 0; j <= i; j++) {
				select.setString(position++, start.get(j));
			}
		}
	}

	private StateRow read(ResultSet row) throws SQLException {
		List<String> key = new ArrayList<>();
		int column = 1;
		for (int i = 0; i < this.table.keys().size(); i++) {
			key.add(row.getString(column++));
		}
		String json = row.getString(column++);
		List<Long> times = new ArrayList<>();
		for (String time : this.table.times()) {
			times.add(micros(ColumnTimes.read(row, column++, dialect()), time));
		}
		if (json != null && this.family == LayoutFamily.JS) {
			json = TemporaryKeys.remove(json);
		}
		if (json == null || !this.binary) {
			return new StateRow(key, json == null ? EMPTY : json, times, List.of());
		}
		EncodedEvent encoded = encode(json);
		return new StateRow(key, new String(encoded.json(), StandardCharsets.UTF_8), times, encoded.substitutions());
	}

	private EncodedEvent encode(String json) {
		try {
			return this.encoder.encode(json);
		}
		catch (UnconvertibleEventException ex) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"A row of " + this.from.tables().name(this.table.table()) + " has a state that is no JSON object ("
							+ ex.reason() + "), and jsonb holds nothing else.",
					"Look for it in the source, repair it, and start the copy again.");
		}
	}

	private long micros(@Nullable Object time, String column) {
		long micros = ColumnTimes.wallMicros(time);
		if (micros == StoredTimes.NONE && time instanceof String text) {
			micros = StoredTimes.instantMicros(text);
		}
		if (time instanceof Number number) {
			micros = StoredTimes.instantMicros(number.doubleValue());
		}
		boolean zero = this.family == LayoutFamily.GO
				&& (micros < FIRST_YEAR || String.valueOf(time).startsWith("0000"));
		if ((time == null && this.open) || zero) {
			// TIMESTAMP of MySQL begins a second later.
			micros = dialect().mysqlFamily() ? 1_000_000 : 0;
		}
		if (micros == StoredTimes.NONE) {
			throw new MigrationException(
					MigrationErrorCode.REFUSED, "A row of " + this.from.tables().name(this.table.table()) + " has a "
							+ column + " that is no time.",
					"Look for it in the source, repair it, and start the copy again.");
		}
		return micros;
	}

}
