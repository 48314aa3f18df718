/**
 * Tests of the verdicts, on the databases that need no server.
 */
@NullMarked
package io.github.adkmigration.detect;

import org.jspecify.annotations.NullMarked;
