/**
 * Tests of what people read.
 */
@NullMarked
package io.github.adkmigration.report;

import org.jspecify.annotations.NullMarked;
