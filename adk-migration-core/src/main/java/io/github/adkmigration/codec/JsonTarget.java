package io.github.adkmigration.codec;

/**
 * What the column of the target accepts.
 *
 * @since 0.1.0
 */
public enum JsonTarget {

	/** Text: every JSON document. */
	TEXT,

	/** PostgreSQL's {@code jsonb}: no U+0000, no lone surrogates, no huge exponents. */
	BINARY

}
