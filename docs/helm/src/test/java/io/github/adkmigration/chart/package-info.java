/**
 * What the Helm chart renders, and whether it works.
 */
@NullMarked
package io.github.adkmigration.chart;

import org.jspecify.annotations.NullMarked;
