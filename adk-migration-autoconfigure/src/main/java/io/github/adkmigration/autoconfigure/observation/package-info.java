/**
 * Observations of the migration, of which traces are made.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
