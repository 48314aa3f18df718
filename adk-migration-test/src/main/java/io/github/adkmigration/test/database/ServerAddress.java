package io.github.adkmigration.test.database;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Where a running server listens and who may do everything there.
 */
record ServerAddress(DatabaseDialect dialect, String host, int port, String username, String password) {

	/** The database of the server that is always there. */
	String administrationDatabase() {
		return this.dialect == DatabaseDialect.POSTGRESQL ? "postgres" : "mysql";
	}

	FreshConnectionDataSource dataSource(String database) {
		String location = this.host + ":" + this.port + "/" + database;
		return switch (this.dialect) {
			// pgjdbc gives every session the zone of the JVM, whatever the server says.
			case POSTGRESQL -> new FreshConnectionDataSource("jdbc:postgresql://" + location, this.username,
					this.password, "SET TIME ZONE '" + ServerZone.posix() + "'");
			case MARIADB -> new FreshConnectionDataSource("jdbc:mariadb://" + location + "?sslMode=disable",
					this.username, this.password, "");
			case MYSQL -> new FreshConnectionDataSource(
					"jdbc:mysql://" + location + "?allowPublicKeyRetrieval=true&sslMode=DISABLED", this.username,
					this.password, "");
			case SQLITE, H2 -> throw new IllegalStateException(this.dialect + " has no server here.");
		};
	}

}
