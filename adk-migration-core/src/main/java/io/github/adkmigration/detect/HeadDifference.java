package io.github.adkmigration.detect;

import io.github.adkmigration.schema.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * One point in which a database is not the newest schema.
 *
 * @param kind what differs
 * @param table the table
 * @param column the column, or {@code null} if the point is about the table
 * @param expected what the newest schema has
 * @param found what the database has, {@code none} if nothing
 * @since 0.1.0
 */
public record HeadDifference(Kind kind, SessionTable table, @Nullable String column, String expected, String found) {

	/**
	 * Return whether the difference is only worth a word: nothing has to be done about
	 * it, and a database with nothing else is at head.
	 * @return whether this is a note
	 */
	public boolean note() {
		return this.kind == Kind.NARROW_COLUMN || this.kind == Kind.WIDE_COLUMN;
	}

	/**
	 * Return the difference as a sentence.
	 * @return a text for people
	 */
	public String describe() {
		String place = this.column == null ? this.table.defaultName() : this.table.defaultName() + "." + this.column;
		return place + ": " + this.kind.title + ", expected " + this.expected + ", found " + this.found;
	}

	/** What can differ. */
	public enum Kind {

		/** The table does not exist. */
		MISSING_TABLE("table missing"),

		/** The column does not exist. */
		MISSING_COLUMN("column missing"),

		/** The column has a type that cannot stand for head's. */
		TYPE("wrong type"),

		/** NULL is allowed where head forbids it, or the other way round. */
		NULLABILITY("wrong nullability"),

		/** The primary key has other columns, or another order. */
		PRIMARY_KEY("wrong primary key"),

		/** No foreign key does what head's does. */
		FOREIGN_KEY("foreign key missing"),

		/** The index does not exist. */
		MISSING_INDEX("index missing"),

		/** An index of this name exists on other columns. */
		INDEX("wrong index"),

		/**
		 * PostgreSQL marks the index as invalid: it was interrupted while being built.
		 */
		INVALID_INDEX("index invalid"),

		/**
		 * Holds less than head's column, as in tables made through a mariadb:// URL. A
		 * note.
		 */
		NARROW_COLUMN("column narrower than head's"),

		/** Holds more than head's column. A note. */
		WIDE_COLUMN("column wider than head's");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

	}

}
