/**
 * One run at a time: the lock around a migration.
 */
@NullMarked
package io.github.adkmigration.lock;

import org.jspecify.annotations.NullMarked;
