/**
 * Tests of the databases: every server runs, and none outlives its JVM.
 */
@NullMarked
package io.github.adkmigration.test.database;

import org.jspecify.annotations.NullMarked;
