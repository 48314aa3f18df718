package io.github.adkmigration.execute;

import java.util.List;

import io.github.adkmigration.changelog.Changeset;

/**
 * One statement of a swap. What a swap executes and what a script prints is the same list
 * of these.
 *
 * @param sql the statement, empty where something is only undone
 * @param undo what undoes it, in order; empty where nothing has to be undone
 */
record Change(String sql, List<String> undo) {

	Change {
		undo = List.copyOf(undo);
	}

	Change(String sql, String undo) {
		this(sql, undo.isEmpty() ? List.of() : List.of(undo));
	}

	static Change of(Changeset changeset) {
		return new Change(changeset.sql(), changeset.rollback());
	}

	static Change undoneBy(List<String> undo) {
		return new Change("", undo);
	}

}
