/**
 * Tests of what is read from the catalogs of the databases that need no server.
 */
@NullMarked
package io.github.adkmigration.catalog;

import org.jspecify.annotations.NullMarked;
