package io.github.adkmigration.schema;

/**
 * What a database shows beside its layout.
 *
 * @since 0.1.0
 */
public enum LayoutTrait {

	/** The index of adk-python 1.28 to 2.9 stands on events. */
	SUPERSEDED_INDEX,

	/** The index of adk-python 2.10 and newer stands on events. */
	HEAD_INDEX,

	/** There is no metadata table. */
	MARKER_TABLE_MISSING,

	/** The metadata table has no {@code schema_version} row. */
	MARKER_ROW_MISSING,

	/** A column is narrower than head's, as tables made through a mariadb:// URL are. */
	NARROW_COLUMNS,

	/** adk-go has altered or written the tables. */
	TOUCHED_BY_GO,

	/** adk-js has altered or opened the tables. */
	TOUCHED_BY_JS,

	/** adk-python's DatabaseSessionService has opened tables that another writer made. */
	TOUCHED_BY_PYTHON,

	/** The payload column holds more than one kind of payload. */
	MIXED_PAYLOADS,

	/** On SQLite, the time column of events holds more than one kind of value. */
	MIXED_TIMES

}
