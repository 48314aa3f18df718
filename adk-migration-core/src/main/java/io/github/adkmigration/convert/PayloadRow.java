package io.github.adkmigration.convert;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.github.adkmigration.codec.JsonColumn;
import org.jspecify.annotations.Nullable;

/**
 * The payload columns of the current row. Asking a driver for a value costs more than the
 * value where it calls into native code, so what is known to be null is not asked for.
 *
 * @param row the row
 * @param first position of the first payload column
 * @param utf8 whether the driver hands over the bytes of a JSON text, in UTF-8
 * @param present a bit for each payload column, from the lowest, that is 0 if the column
 * is null; 1 says nothing
 */
record PayloadRow(ResultSet row, int first, boolean utf8, long present) {

	/** Nothing is known. */
	static final long UNKNOWN = -1;

	@Nullable String text(int column) throws SQLException {
		return isNull(column) ? null : this.row.getString(this.first + column);
	}

	@Nullable JsonColumn json(int column) throws SQLException {
		if (this.utf8) {
			byte[] bytes = bytes(column);
			return bytes == null ? null : JsonColumn.ofUtf8(bytes);
		}
		String text = text(column);
		return text == null ? null : JsonColumn.of(text);
	}

	byte @Nullable [] bytes(int column) throws SQLException {
		return isNull(column) ? null : this.row.getBytes(this.first + column);
	}

	@Nullable Boolean flag(int column) throws SQLException {
		if (isNull(column)) {
			return null;
		}
		boolean value = this.row.getBoolean(this.first + column);
		return this.row.wasNull() ? null : value;
	}

	private boolean isNull(int column) {
		return (this.present >>> column & 1) == 0;
	}

}
