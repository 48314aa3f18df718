/**
 * Tests of the pickle reader.
 */
@NullMarked
package io.github.adkmigration.pickle;

import org.jspecify.annotations.NullMarked;
