/**
 * Which instants the naive event times of an adk-python V0 database mean.
 */
@NullMarked
package io.github.adkmigration.clock;

import org.jspecify.annotations.NullMarked;
