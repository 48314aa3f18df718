/**
 * Real databases with nothing installed: every product that the migration supports, as a
 * value with capabilities.
 */
@NullMarked
package io.github.adkmigration.test.database;

import org.jspecify.annotations.NullMarked;
