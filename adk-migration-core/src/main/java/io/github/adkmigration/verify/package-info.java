/**
 * Proves a result from the catalog and the rows.
 */
@NullMarked
package io.github.adkmigration.verify;

import org.jspecify.annotations.NullMarked;
