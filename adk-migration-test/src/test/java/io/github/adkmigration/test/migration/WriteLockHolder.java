package io.github.adkmigration.test.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.adkmigration.test.database.TestDatabase;

/**
 * A process of its own that keeps other writers out of a SQLite file for a while.
 */
final class WriteLockHolder implements AutoCloseable {

	private static final String HELD = "held";

	private final Process process;

	private WriteLockHolder(Process process) {
		this.process = process;
	}

	/**
	 * Start the process and wait until it holds the file.
	 */
	static WriteLockHolder start(TestDatabase database, Duration duration) throws IOException {
		Process process = ChildJvm.of(WriteLockHolder.class, database.jdbcUrl(), Long.toString(duration.toMillis()))
			.redirectErrorStream(true)
			.start();
		BufferedReader output = process.inputReader();
		String line = output.readLine();
		if (!HELD.equals(line)) {
			throw new IOException("The file could not be held: " + line);
		}
		return new WriteLockHolder(process);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * What the process does.
	 * @param arguments URL and milliseconds
	 */
	public static void main(String[] arguments) throws SQLException, InterruptedException {
		try (Connection connection = DriverManager.getConnection(arguments[0]);
				Statement statement = connection.createStatement()) {
			statement.execute("BEGIN IMMEDIATE");
			System.out.println(HELD);
			Thread.sleep(Long.parseLong(arguments[1]));
			statement.execute("ROLLBACK");
		}
	}

}
