package io.github.adkmigration.preflight;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.adkmigration.catalog.SqliteFile;
import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Finds out whether a connection takes writes at all, without one.
 */
final class WritabilityReader {

	private static final Pattern READ_ONLY_URL = Pattern.compile("[?&](?:mode=ro|immutable=1)(?:&|$)");

	private final Connection connection;

	private final DatabaseDialect dialect;

	WritabilityReader(Connection connection, DatabaseDialect dialect) {
		this.connection = connection;
		this.dialect = dialect;
	}

	/**
	 * Look for a reason why nothing can be written.
	 * @return the reason, a clause for people, or empty
	 */
	Optional<String> obstacle() throws SQLException {
		return switch (this.dialect) {
			case SQLITE -> sqlite();
			case POSTGRESQL -> answer("SHOW transaction_read_only").equals("on")
					? Optional.of(answer("SELECT pg_catalog.pg_is_in_recovery()").startsWith("t")
							? "the server is a standby" : "its transactions are read-only")
					: Optional.empty();
			// The variable of the session has another name on each, and SHOW lacks none.
			case MYSQL,
					MARIADB ->
				answer("SHOW SESSION VARIABLES WHERE Value = 'ON' AND Variable_name IN"
						+ " ('transaction_read_only', 'tx_read_only', 'super_read_only')")
					.isEmpty() ? Optional.empty() : Optional.of("its transactions are read-only");
			case H2 -> Optional.empty();
		};
	}

	private Optional<String> sqlite() throws SQLException {
		if (this.connection.isReadOnly() || answer("PRAGMA query_only").equals("1")
				|| READ_ONLY_URL.matcher(String.valueOf(this.connection.getMetaData().getURL())).find()) {
			return Optional.of("it was opened readonly");
		}
		Optional<Path> file = SqliteFile.of(this.connection);
		if (file.isEmpty() || !Files.exists(file.get())) {
			return Optional.empty();
		}
		if (!Files.isWritable(file.get())) {
			return Optional.of("the file " + file.get().getFileName() + " is readonly for this process");
		}
		Path directory = file.get().getParent();
		return directory == null || Files.isWritable(directory) ? Optional.empty()
				: Optional.of("the directory of the file " + file.get().getFileName()
						+ " is readonly for this process, and SQLite keeps its journal there");
	}

	private String answer(String query) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			return row.next() ? String.valueOf(row.getString(1)) : "";
		}
	}

}
