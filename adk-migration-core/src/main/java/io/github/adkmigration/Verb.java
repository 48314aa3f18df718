package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.failure.MigrationException;

/**
 * Something that changes the database and is followed from its call to its end.
 *
 * @param <T> what it reports
 */
interface Verb<T> {

	/**
	 * Do it.
	 * @param connection a connection in auto-commit mode
	 * @param begun value of {@link System#nanoTime()} at the call
	 * @return what was done
	 * @throws SQLException if the database refuses a statement
	 * @throws MigrationException however else it fails
	 */
	T run(Connection connection, long begun) throws SQLException;

}
