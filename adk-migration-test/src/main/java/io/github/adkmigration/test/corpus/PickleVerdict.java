package io.github.adkmigration.test.corpus;

/**
 * What a reader can make of a pickle.
 *
 * @since 0.1.0
 */
public enum PickleVerdict {

	/** A genuine object with a JSON form. */
	READABLE,

	/** A genuine object that the release itself cannot turn into JSON. */
	UNDUMPABLE,

	/** A genuine object with classes of an application in it. */
	UNKNOWN_CLASS,

	/** Not by an ADK: it attacks its reader, or is no valid pickle of an EventActions. */
	HOSTILE

}
