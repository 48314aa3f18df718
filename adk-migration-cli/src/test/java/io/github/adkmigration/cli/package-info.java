/**
 * Tests of the command {@code adk-migrate}, in the JVM and as the jar that users start.
 */
@NullMarked
package io.github.adkmigration.cli;

import org.jspecify.annotations.NullMarked;
