/**
 * Reads what the database says of its tables. Nothing here writes or decides.
 */
@NullMarked
package io.github.adkmigration.catalog;

import org.jspecify.annotations.NullMarked;
