/**
 * The front door: {@link io.github.adkmigration.AdkMigrator} looks, plans, migrates and
 * verifies, and each verb returns a value.
 */
@NullMarked
package io.github.adkmigration;

import org.jspecify.annotations.NullMarked;
