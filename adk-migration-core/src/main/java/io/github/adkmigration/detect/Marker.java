package io.github.adkmigration.detect;

import java.util.Optional;

/**
 * What the metadata table says.
 *
 * @param table whether it exists
 * @param schemaVersion the value of the {@code schema_version} row, if there is one
 */
record Marker(boolean table, Optional<String> schemaVersion) {

	static final Marker NO_TABLE = new Marker(false, Optional.empty());

	boolean says(String version) {
		return this.schemaVersion.filter(version::equals).isPresent();
	}

}
