/**
 * Reads rows of an older layout in batches and writes them as head's.
 */
@NullMarked
package io.github.adkmigration.convert;

import org.jspecify.annotations.NullMarked;
