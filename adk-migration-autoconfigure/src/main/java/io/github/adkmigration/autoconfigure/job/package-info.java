/**
 * The application's own image as a job: one verb, an exit code, and an end.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.job;

import org.jspecify.annotations.NullMarked;
