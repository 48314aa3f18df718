/**
 * Turns a failed start into a text with the next step.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
