/**
 * Tests of the endpoint.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
