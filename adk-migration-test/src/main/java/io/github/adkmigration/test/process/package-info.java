/**
 * Processes that tests start and watch.
 */
@NullMarked
package io.github.adkmigration.test.process;

import org.jspecify.annotations.NullMarked;
