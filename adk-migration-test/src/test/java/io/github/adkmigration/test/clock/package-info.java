/**
 * The clock of the writers, found again in the databases that they left behind.
 */
@NullMarked
package io.github.adkmigration.test.clock;

import org.jspecify.annotations.NullMarked;
