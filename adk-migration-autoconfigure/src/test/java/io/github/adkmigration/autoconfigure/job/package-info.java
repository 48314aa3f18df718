/**
 * Tests of the application's own image as a job.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.job;

import org.jspecify.annotations.NullMarked;
