/**
 * Tests of the auto-configuration.
 */
@NullMarked
package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.NullMarked;
