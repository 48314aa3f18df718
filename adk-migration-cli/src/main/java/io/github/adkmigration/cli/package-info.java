/**
 * The command {@code adk-migrate}: reads options and environment, has the core do it, and
 * says what came of it, for people or as JSON.
 */
@NullMarked
package io.github.adkmigration.cli;

import org.jspecify.annotations.NullMarked;
