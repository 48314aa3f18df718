package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Takes the files that the core reads by name into a native image.
 */
class AdkMigrationRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources()
			.registerPattern("io/github/adkmigration/changelog/*.sql")
			.registerPattern("io/github/adkmigration/history/*.sql")
			.registerPattern("io/github/adkmigration/codec/*.txt");
	}

}
