/**
 * The rules that the core as a whole keeps.
 */
@NullMarked
package io.github.adkmigration;

import org.jspecify.annotations.NullMarked;
