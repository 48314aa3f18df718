/**
 * Tests of the session service.
 */
@NullMarked
package io.github.adkmigration.session.jdbc;

import org.jspecify.annotations.NullMarked;
