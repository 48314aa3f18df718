/**
 * The read-only Actuator endpoint {@code adkmigration}.
 */
@NullMarked
package io.github.adkmigration.autoconfigure.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
