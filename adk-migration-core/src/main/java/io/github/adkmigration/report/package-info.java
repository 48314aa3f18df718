/**
 * What a look or a run found, as values that endpoints, logs and commands only read.
 */
@NullMarked
package io.github.adkmigration.report;

import org.jspecify.annotations.NullMarked;
