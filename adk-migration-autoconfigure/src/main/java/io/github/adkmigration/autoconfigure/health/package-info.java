/**
 * The health indicator {@code adkMigration}.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
