package io.github.adkmigration.test.conversion;

/**
 * Every way in which a converted event may differ from another view of it. The table in
 * {@code docs/conversion.md} has a row for each.
 */
enum Deviation {

	/** A model's empty field: the other view turned the model into a dict first. */
	EMPTY_FIELD,

	/** The JSON alias of a field of an auth scheme. */
	SCHEME_ALIAS,

	/** A dict or list of the event that the release did not have yet. */
	FIELD_OF_LATER_RELEASE,

	/** A default that the reading release fills in. */
	DEFAULT_OF_READER,

	/** The key of a credential, which the reading release computes. */
	COMPUTED_CREDENTIAL_KEY,

	/** A field that the newest release no longer knows, or never kept. */
	FIELD_LOST_BY_READER,

	/** A value that the release itself cannot write as JSON. */
	UNDUMPABLE_VALUE,

	/** A carriage return that the tool which made the dump turned into a line feed. */
	LINE_END_OF_DUMP,

	/** The order of a set. */
	SET_ORDER,

	/**
	 * What the code of an application's class adds, hides or changes when it is written.
	 */
	CODE_OF_MODEL,

	/** A member of an application's enum that CPython 3.11.2 wrote by name. */
	ENUM_BY_NAME,

	/** Bytes that the reading release shows as text. */
	BYTES_SHOWN_AS_TEXT,

	/** The text of an object of which the fields are kept. */
	TEXT_FOR_OBJECT,

	/** Actions that the official converter lost. */
	ACTIONS_LOST,

	/** A row that the official converter skipped, or a session that cannot be read. */
	ROW_LOST

}
