/**
 * JUnit 5 integration: tests on every supported database, and databases that historic ADK
 * releases left behind.
 */
@NullMarked
package io.github.adkmigration.test;

import org.jspecify.annotations.NullMarked;
