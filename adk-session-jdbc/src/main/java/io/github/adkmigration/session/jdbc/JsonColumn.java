package io.github.adkmigration.session.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * What the JSON columns of a database take.
 *
 * @param dialect dialect of the database
 */
record JsonColumn(DatabaseDialect dialect) {

	/**
	 * Return the text to bind for a tree.
	 * @throws SessionException if the column would refuse it
	 */
	String bind(JsonNode tree) {
		String text = JsonText.write(tree);
		String unstorable = this.dialect.binaryJson() ? JsonText.unstorableInBinary(text) : null;
		if (unstorable != null) {
			throw new SessionException("The value contains " + unstorable + ", which " + this.dialect.id()
					+ " cannot store in a JSON column.");
		}
		return text;
	}

}
