/**
 * Compares converted events with what their writers read back.
 */
@NullMarked
package io.github.adkmigration.test.conversion;

import org.jspecify.annotations.NullMarked;
