package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * Sessions that belong to an account.
 */
final class OwnedSessions {

	private OwnedSessions() {
	}

	/**
	 * Create an account and return settings with a column that refers to it.
	 */
	static MigrationSettings settings(TestDatabase database) throws SQLException {
		Sql.execute(database, "CREATE TABLE accounts (id VARCHAR(36) NOT NULL PRIMARY KEY)",
				"INSERT INTO accounts VALUES ('a')");
		return Migrations.settings()
			.withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36) REFERENCES accounts(id) ON DELETE CASCADE"));
	}

}
