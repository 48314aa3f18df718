/**
 * Our own record of runs, steps and rows that were set aside.
 */
@NullMarked
package io.github.adkmigration.history;

import org.jspecify.annotations.NullMarked;
