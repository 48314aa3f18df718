/**
 * A dice-rolling agent that goes on with conversations of 2025.
 */
@NullMarked
package io.github.adkmigration.sample;

import org.jspecify.annotations.NullMarked;
