/**
 * Tests that start the sample as a person does.
 */
@NullMarked
package io.github.adkmigration.sample;

import org.jspecify.annotations.NullMarked;
