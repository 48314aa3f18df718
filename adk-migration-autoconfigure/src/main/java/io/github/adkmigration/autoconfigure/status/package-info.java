/**
 * What this instance knows of its schema, for those that only read it.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.status;

import org.jspecify.annotations.NullMarked;
