package io.github.adkmigration.test.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The account of the tests on MySQL and MariaDB: both limit root to a socket or to a host
 * name.
 */
final class MysqlAccount {

	static final String NAME = "adk";

	private MysqlAccount() {
	}

	static void writeInitFile(Path data, String password) throws IOException {
		Files.writeString(initFile(data),
				"CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';%nGRANT ALL ON *.* TO '%s'@'%%' WITH GRANT OPTION;%n"
					.formatted(NAME, password, NAME));
	}

	static Path initFile(Path data) {
		return data.resolve("adk-account.sql");
	}

}
