package io.github.adkmigration.autoconfigure;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Takes the files that the core reads by name into a native image, and the views of a
 * connection through which a run writes.
 */
class AdkMigrationRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources()
			.registerPattern("io/github/adkmigration/changelog/*.sql")
			.registerPattern("io/github/adkmigration/history/*.sql")
			.registerPattern("io/github/adkmigration/codec/*.txt")
			.registerPattern("io/github/adkmigration/layouts/*.txt");
		hints.proxies()
			.registerJdkProxy(Connection.class)
			.registerJdkProxy(Statement.class)
			.registerJdkProxy(PreparedStatement.class)
			.registerJdkProxy(CallableStatement.class);
	}

}
