/**
 * Tests of the conversion of events.
 */
@NullMarked
package io.github.adkmigration.codec;

import org.jspecify.annotations.NullMarked;
