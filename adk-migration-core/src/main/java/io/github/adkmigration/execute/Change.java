package io.github.adkmigration.execute;

import io.github.adkmigration.changelog.Changeset;

/**
 * One statement of a swap. What a swap executes and what a script prints is the same list
 * of these.
 *
 * @param sql the statement
 * @param undo what undoes it, empty where nothing has to be undone
 */
record Change(String sql, String undo) {

	static Change of(Changeset changeset) {
		return new Change(changeset.sql(), String.join(";\n", changeset.rollback()));
	}

}
