/**
 * Failures as values: every one has a code, a fact and a next step.
 */
@NullMarked
package io.github.adkmigration.failure;

import org.jspecify.annotations.NullMarked;
