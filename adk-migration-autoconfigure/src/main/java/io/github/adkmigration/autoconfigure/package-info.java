/**
 * What Spring Boot applications get: properties, the initializer that looks after the
 * schema, and the session service.
 */
@NullMarked
package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.NullMarked;
