/**
 * The application of which the start is measured.
 */
@NullMarked
package io.github.adkmigration.benchmark.startup;

import org.jspecify.annotations.NullMarked;
