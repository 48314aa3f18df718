/**
 * Tests of the health indicator.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
