package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes with COPY in its binary form, as the manual describes it under "Binary Format".
 * Behind a driver other than PostgreSQL's own it falls back to plain inserts.
 */
final class PostgresEventWriter implements EventWriter {

	private static final byte[] SIGNATURE = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0 };

	// Microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
	private static final long EPOCH_2000 = 946_684_800_000_000L;

	private static final short COLUMNS = 7;

	private static final int CHUNK = 1 << 16;

	private static final byte JSONB_VERSION = 1;

	private static final String COLUMN_LIST = " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)";

	private final String table;

	private byte[] buffer = new byte[2 * CHUNK];

	private int used;

	private @Nullable CopyIn copy;

	PostgresEventWriter(String table) {
		this.table = table;
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		try {
			hand(connection, events);
			finish();
		}
		finally {
			abandon();
		}
	}

	@Override
	public void hand(Connection connection, List<TargetEvent> events) throws SQLException {
		if (events.isEmpty()) {
			return;
		}
		if (connection.isWrapperFor(PGConnection.class)) {
			copy(copying(connection.unwrap(PGConnection.class)), events);
		}
		else {
			insert(connection, events);
		}
	}

	@Override
	public void finish() throws SQLException {
		CopyIn copying = this.copy;
		if (copying != null) {
			int16((short) -1);
			flush(copying);
			copying.endCopy();
			this.copy = null;
		}
	}

	@Override
	public void abandon() throws SQLException {
		CopyIn copying = this.copy;
		this.copy = null;
		if (copying != null && copying.isActive()) {
			copying.cancelCopy();
		}
	}

	private CopyIn copying(PGConnection connection) throws SQLException {
		CopyIn copying = this.copy;
		if (copying == null) {
			copying = connection.getCopyAPI()
				.copyIn("COPY " + this.table + COLUMN_LIST + " FROM STDIN (FORMAT binary)");
			this.copy = copying;
			this.used = 0;
			raw(SIGNATURE);
			int32(0);
			int32(0);
		}
		return copying;
	}

	private void copy(CopyIn copying, List<TargetEvent> events) throws SQLException {
		for (TargetEvent event : events) {
			int16(COLUMNS);
			field(event.key().id());
			field(event.key().appName());
			field(event.key().userId());
			field(event.key().sessionId());
			field(event.invocationId());
			int32(Long.BYTES);
			int64(event.columnMicros() - EPOCH_2000);
			int32(event.json().length + 1);
			raw(new byte[] { JSONB_VERSION });
			raw(event.json());
			if (this.used >= CHUNK) {
				flush(copying);
			}
		}
		flush(copying);
	}

	private void flush(CopyIn copy) throws SQLException {
		copy.writeToCopy(this.buffer, 0, this.used);
		this.used = 0;
		if (this.buffer.length > 16 * CHUNK) {
			this.buffer = new byte[2 * CHUNK];
		}
	}

	private void field(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int32(bytes.length);
		raw(bytes);
	}

	private void raw(byte[] bytes) {
		reserve(bytes.length);
		System.arraycopy(bytes, 0, this.buffer, this.used, bytes.length);
		this.used += bytes.length;
	}

	private void int16(short value) {
		reserve(Short.BYTES);
		this.buffer[this.used++] = (byte) (value >> 8);
		this.buffer[this.used++] = (byte) value;
	}

	private void int32(int value) {
		int16((short) (value >> 16));
		int16((short) value);
	}

	private void int64(long value) {
		int32((int) (value >> 32));
		int32((int) value);
	}

	private void reserve(int more) {
		if (this.used + more > this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(2 * this.buffer.length, this.used + more));
		}
	}

	private void insert(Connection connection, List<TargetEvent> events) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement(
				"INSERT INTO " + this.table + COLUMN_LIST + " VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb))")) {
			for (TargetEvent event : events) {
				insert.setString(1, event.key().id());
				insert.setString(2, event.key().appName());
				insert.setString(3, event.key().userId());
				insert.setString(4, event.key().sessionId());
				insert.setString(5, event.invocationId());
				insert.setObject(6, LocalDateTime.ofEpochSecond(Math.floorDiv(event.columnMicros(), 1_000_000L),
						Math.floorMod(event.columnMicros(), 1_000_000) * 1000, ZoneOffset.UTC));
				insert.setString(7, new String(event.json(), StandardCharsets.UTF_8));
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

}
