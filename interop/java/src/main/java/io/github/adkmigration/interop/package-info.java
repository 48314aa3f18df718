/**
 * The Java side of the comparison with real adk-python releases.
 */
@NullMarked
package io.github.adkmigration.interop;

import org.jspecify.annotations.NullMarked;
