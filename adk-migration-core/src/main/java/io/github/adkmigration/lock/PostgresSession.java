package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

import org.postgresql.PGConnection;

/**
 * What PostgreSQL's own driver knows of its session. Every use of its classes is in here.
 */
final class PostgresSession {

	private PostgresSession() {
	}

	/**
	 * Return the number by which the session was told to be cancelled when it began. A
	 * pooler makes one up.
	 * @return the number, empty with another driver or behind a wrapper that hides it
	 */
	static OptionalLong greetedAs(Connection connection) {
		try {
			return connection.isWrapperFor(PGConnection.class)
					? OptionalLong.of(connection.unwrap(PGConnection.class).getBackendPID()) : OptionalLong.empty();
		}
		catch (SQLException | LinkageError ex) {
			// Without PostgreSQL's driver the class has no PGConnection to ask for.
			return OptionalLong.empty();
		}
	}

}
