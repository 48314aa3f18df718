package io.github.adkmigration.catalog;

/**
 * Something that a user has attached to a table, or that means a table itself and not its
 * name, so that it stays with the table when that gets another name.
 *
 * @param kind what it is
 * @param name its name; of a grant that of the column
 * @since 0.1.0
 */
public record AttachedObject(Kind kind, String name) {

	/**
	 * Kinds of objects.
	 */
	public enum Kind {

		/** An index. */
		INDEX,

		/** A foreign key or a check of the table. */
		CONSTRAINT,

		/** A foreign key of another table to this one. */
		REFERENCE,

		/** A trigger. */
		TRIGGER,

		/** A policy of row level security. */
		POLICY,

		/** Rights that are granted on a column. */
		COLUMN_GRANT,

		/** A view. */
		VIEW

	}

}
