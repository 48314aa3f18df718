/**
 * Tests of the JUnit integration, from the view of a user.
 */
@NullMarked
package io.github.adkmigration.test;

import org.jspecify.annotations.NullMarked;
