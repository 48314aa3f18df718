package io.github.adkmigration.settings;

/**
 * How much a look before a run may cost.
 *
 * @since 0.1.0
 */
public enum PreflightDepth {

	/**
	 * A few statements: what is pending, how large the tables are and what is in the way
	 * whoever migrates. For those who leave the migration to others.
	 */
	QUICK,

	/**
	 * Everything, some of which reads every row once, and a sample that takes up to four
	 * seconds where events are to be converted. For those who decide on a migration.
	 */
	THOROUGH

}
