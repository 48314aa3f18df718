package io.github.adkmigration.report;

import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * The statements that an upgrade executes, in order, for the client of the database:
 * {@code psql -v ON_ERROR_STOP=1}, {@code mysql} or {@code sqlite3}.
 *
 * @param dialect the dialect of the statements
 * @param from what the statements start from, for example {@code python-1.14.0}
 * @param to the revision that they lead to
 * @param statements in order; empty when nothing is pending
 * @param notes what an operator should know beforehand
 * @since 0.1.0
 */
public record MigrationScript(DatabaseDialect dialect, String from, String to, List<Statement> statements,
		List<String> notes) {

	private static final String COMMENT = "-- ";

	public MigrationScript {
		statements = List.copyOf(statements);
		notes = List.copyOf(notes);
	}

	/**
	 * Return whether nothing is pending.
	 * @return whether there is no statement
	 */
	public boolean isEmpty() {
		return this.statements.isEmpty();
	}

	/**
	 * Return the script as the client of the database reads it.
	 * @return lines of SQL and comments, with a line break at the end
	 */
	public String text() {
		StringBuilder text = new StringBuilder();
		text.append(COMMENT)
			.append("adk-migration: ")
			.append(this.from)
			.append(" to revision ")
			.append(this.to)
			.append(" on ")
			.append(this.dialect.id())
			.append('\n');
		this.notes.forEach((note) -> text.append(COMMENT).append(note.replace('\n', ' ')).append('\n'));
		if (isEmpty()) {
			text.append(COMMENT).append("Nothing is pending.\n");
		}
		String step = "";
		for (Statement statement : this.statements) {
			if (!statement.step().equals(step)) {
				step = statement.step();
				text.append('\n');
				if (!statement.description().isEmpty()) {
					text.append(COMMENT).append(step).append('\n');
				}
			}
			statement.description().lines().forEach((line) -> text.append(COMMENT).append(line).append('\n'));
			text.append(statement.sql()).append(statement.kind() == Kind.CLIENT ? "\n" : ";\n");
		}
		return text.toString();
	}

	/**
	 * One statement.
	 *
	 * @param step id of the changeset or step that it belongs to
	 * @param description what it does, for people; several lines where a step of ours is
	 * explained, empty where the statement goes on with what stands before it
	 * @param kind what it is for
	 * @param sql the statement without a semicolon at its end
	 */
	public record Statement(String step, String description, Kind kind, String sql) {
	}

	/**
	 * What a statement is for.
	 */
	public enum Kind {

		/** Changes ADK's tables or the tables that take their place. */
		SCHEMA,

		/** Creates a table in which this library keeps its record. */
		BOOKKEEPING,

		/**
		 * Begins or ends a transaction, locks tables, or sets something of the session.
		 */
		SESSION,

		/** A command of the client; it stands on a line of its own without semicolon. */
		CLIENT,

		/**
		 * Stands where {@code upgrade} converts events, which no SQL can do: it stops the
		 * script if there are any.
		 */
		CONVERSION

	}

}
