/**
 * The vocabulary of ADK's tables: names, layouts and catalog snapshots.
 */
@NullMarked
package io.github.adkmigration.schema;

import org.jspecify.annotations.NullMarked;
