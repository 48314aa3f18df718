/**
 * What has to be known, and what has to hold, before the first write of a run.
 */
@NullMarked
package io.github.adkmigration.preflight;

import org.jspecify.annotations.NullMarked;
