/**
 * Decides which steps lead from what was found to head; touches no database.
 */
@NullMarked
package io.github.adkmigration.plan;

import org.jspecify.annotations.NullMarked;
