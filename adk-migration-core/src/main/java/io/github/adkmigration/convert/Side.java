package io.github.adkmigration.convert;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;

/**
 * One of the two databases of a copy.
 *
 * @param dialect its dialect
 * @param tables what the tables are called there
 * @since 0.1.0
 */
public record Side(DatabaseDialect dialect, SessionTables tables) {
}
