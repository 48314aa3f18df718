/**
 * Measurements, run by hand: how long a conversion takes and what the starter adds to a
 * start.
 */
@NullMarked
package io.github.adkmigration.benchmark;

import org.jspecify.annotations.NullMarked;
