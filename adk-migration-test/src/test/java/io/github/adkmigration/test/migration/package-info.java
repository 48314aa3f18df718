/**
 * Migrations of real databases, compared with what their writers read back.
 */
@NullMarked
package io.github.adkmigration.test.migration;

import org.jspecify.annotations.NullMarked;
