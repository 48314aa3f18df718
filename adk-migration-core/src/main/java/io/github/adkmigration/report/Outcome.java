package io.github.adkmigration.report;

/**
 * How a run ended.
 *
 * @since 0.1.0
 */
public enum Outcome {

	/** Nothing was pending, nothing was written. */
	UP_TO_DATE,

	/** The tables were created. */
	CREATED,

	/** An existing schema was brought to head. */
	MIGRATED,

	/** Changes were undone. */
	UNDONE,

	/** A revision was recorded for tables that equal it already. */
	STAMPED,

	/** The rows of another database were copied. */
	COPIED

}
