package io.github.adkmigration.settings;

/**
 * What {@code events.timestamp} holds after a migration. adk-python reads the column as
 * UTC since 2.7.0 and as local time before.
 *
 * @since 0.1.0
 */
public enum TimestampColumn {

	/** Converted and new rows hold UTC; rows that were V1 already stay as they are. */
	AUTO,

	/**
	 * All rows hold UTC: those that were V1 already get the instant of
	 * {@code event_data.timestamp}, which a downgrade undoes.
	 */
	UTC,

	/**
	 * Converted rows keep the writer's local time, for databases that only adk-python
	 * older than 2.7.0 reads; {@code event_data.timestamp} holds the instant all the
	 * same.
	 */
	LOCAL

}
