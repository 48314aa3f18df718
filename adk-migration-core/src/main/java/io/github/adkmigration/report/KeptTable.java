package io.github.adkmigration.report;

/**
 * A table that a downgrade has put aside.
 *
 * @param name its name, without a schema
 * @param rows how many of its rows stand nowhere else: they were written since the
 * conversion
 * @since 0.1.0
 */
public record KeptTable(String name, long rows) {
}
