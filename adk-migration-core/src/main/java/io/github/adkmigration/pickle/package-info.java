/**
 * Reads Python pickles of protocols 0 to 5 into inert values. Nothing is ever imported,
 * instantiated or called.
 */
@NullMarked
package io.github.adkmigration.pickle;

import org.jspecify.annotations.NullMarked;
