/**
 * Turns one event row of adk-python's V0 layout into the {@code event_data} of V1.
 */
@NullMarked
package io.github.adkmigration.codec;

import org.jspecify.annotations.NullMarked;
