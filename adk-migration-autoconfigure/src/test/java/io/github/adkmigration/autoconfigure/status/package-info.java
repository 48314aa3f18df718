/**
 * Tests of what an instance knows of its schema.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.status;

import org.jspecify.annotations.NullMarked;
