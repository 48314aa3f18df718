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
import io.github.adkmigration.codec.ScopedState;
import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.codec.SubstitutionKind;
import io.github.adkmigration.codec.TemporaryKeys;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions or states of a source where each row is one.
 */
final class StateReader implements StateRows {

	/** What is recorded of a state that is no JSON object, in whose place {} stands. */
	static final List<Substitution> UNREADABLE = List
		.of(new Substitution("state", SubstitutionKind.UNREADABLE_STATE, null));

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
		this.open = switch (family) {
			// adk-go takes NOT NULL away from tables of adk-python that it alters.
			case PYTHON_V0, PYTHON_V1, JAVA_PR647, JAVA_PR654, JAVA_PR700, GO, HYBRID -> true;
			case PYTHON_UNRELEASED, PYTHON_SQLITE_SERVICE, JS, SQLSPEC -> false;
		};
		this.binary = target == JsonTarget.BINARY;
		this.encoder = new JsonObjectEncoder("state", target);
		this.last = after;
	}

	@Override
	public List<StateRow> next(Connection connection, int pageSize) throws SQLException {
		List<String> start = this.last;
		String sql = "SELECT " + selectList() + " FROM " + this.from.sql(this.table.table()) + " s"
				+ (start == null ? "" : " WHERE " + this.table.after("s")) + " ORDER BY "
				+ this.table.keys().stream().map((key) -> "s." + key).collect(Collectors.joining(", ")) + " LIMIT "
				+ Math.min(pageSize, LARGEST_PAGE);
		List<StateRow> rows = new ArrayList<>();
		try (PreparedStatement select = connection.prepareStatement(sql)) {
			select.setFetchSize(KeyOrderEventReader.streaming(connection));
			if (start != null) {
				StateTable.bind(select, start);
			}
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (bytes < EventReader.PAGE_BYTES && row.next()) {
					StateRow read = formed(read(row));
					rows.add(read);
					bytes += read.size();
					this.last = read.key();
				}
			}
		}
		return rows;
	}

	private DatabaseDialect dialect() {
		return this.from.dialect();
	}

	String selectList() {
		return Stream
			.of(this.table.keys().stream().map((key) -> "s." + key), Stream.of("s.state"),
					this.table.times().stream().map(this::selected))
			.flatMap((columns) -> columns)
			.collect(Collectors.joining(", "));
	}

	private String selected(String column) {
		if (this.family == LayoutFamily.HYBRID && dialect() == DatabaseDialect.POSTGRESQL) {
			// The column may be naive or hold instants; of both this makes UTC.
			return "(to_timestamp(extract(epoch FROM " + time(column) + ")) AT TIME ZONE 'UTC')";
		}
		return ColumnTimes.select(dialect(), time(column), zoned());
	}

	private boolean zoned() {
		return dialect() == DatabaseDialect.POSTGRESQL && (this.family == LayoutFamily.GO
				|| this.family == LayoutFamily.JS || this.family == LayoutFamily.SQLSPEC);
	}

	/**
	 * A time that is open is that of the first or the last event, as an upgrade in place
	 * has it.
	 */
	private String time(String column) {
		if (!this.open || this.table != StateTable.SESSIONS || this.from.beside().isPresent()) {
			return "s." + column;
		}
		boolean create = column.equals("create_time");
		return "COALESCE(s." + column + ", (SELECT " + (create ? "min" : "max") + "(e.timestamp) FROM "
				+ this.from.sql(SessionTable.EVENTS)
				+ " e WHERE e.app_name = s.app_name AND e.user_id = s.user_id AND e.session_id = s.id), s."
				+ (create ? "update_time" : "create_time") + ")";
	}

	/**
	 * Return a row as the target has it. Of what another writer has put together under
	 * one key only the part that belongs there is left.
	 */
	private StateRow formed(StateRow row) {
		if (this.from.beside().isEmpty()) {
			return encoded(row.key(), row.state(), row.times(), List.of());
		}
		BesideTables beside = this.from.beside().get();
		if (!ScopedState.readable(row.state())) {
			return new StateRow(row.key(), EMPTY, row.times(), UNREADABLE);
		}
		String state = row.state();
		if (this.table != StateTable.SESSIONS) {
			ScopedState scoped = new ScopedState();
			scoped.add(state, this.table.prefix(), true);
			state = scoped.toJson();
		}
		else if (!beside.own(SessionTable.APP_STATES)) {
			state = ScopedState.ofSession(state);
		}
		return encoded(row.key(), state, row.times(), List.of());
	}

	/**
	 * Return a row whose state the target can hold.
	 * @param recorded what was replaced in it already
	 */
	StateRow encoded(List<String> key, String json, List<Long> times, List<Substitution> recorded) {
		if (!this.binary || json.equals(EMPTY)) {
			return new StateRow(key, json, times, recorded);
		}
		EncodedEvent encoded = encode(json);
		return new StateRow(key, new String(encoded.json(), StandardCharsets.UTF_8), times,
				Stream.concat(recorded.stream(), encoded.substitutions().stream()).toList());
	}

	/**
	 * Return a row as it is in the source.
	 */
	StateRow read(ResultSet row) throws SQLException {
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
		return new StateRow(key, json == null ? EMPTY : json, times, List.of());
	}

	private EncodedEvent encode(String json) {
		try {
			return this.encoder.encode(json);
		}
		catch (UnconvertibleEventException ex) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"A row of " + this.from.name(this.table.table()) + " has a state that is no JSON object ("
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
		boolean zero = (micros != StoredTimes.NONE && micros < FIRST_YEAR) || String.valueOf(time).startsWith("0000");
		if ((time == null && this.open) || zero) {
			// TIMESTAMP of MySQL begins a second later.
			micros = dialect().mysqlFamily() ? 1_000_000 : 0;
		}
		if (micros == StoredTimes.NONE) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"A row of " + this.from.name(this.table.table()) + " has a " + column + " that is no time.",
					"Look for it in the source, repair it, and start the copy again.");
		}
		return micros;
	}

}
