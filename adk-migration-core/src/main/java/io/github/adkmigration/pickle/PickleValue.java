package io.github.adkmigration.pickle;

/**
 * One value of a pickle, as it was written. Values may be shared and, in a malicious or
 * recursive pickle, contain themselves.
 *
 * @since 0.1.0
 */
public sealed interface PickleValue permits PickleConstant, PickleInt, PickleFloat, PickleText, PickleBytes,
		PickleSequence, PickleDict, PickleGlobal, PickleObject {

	/**
	 * Return what kind of value this is, for a switch.
	 * @return the kind
	 */
	Kind kind();

	/**
	 * The kinds of values.
	 */
	enum Kind {

		/** Python's {@code None}. */
		NONE,

		/** {@code True} or {@code False}. */
		BOOL,

		/** An integer of any size. */
		INT,

		/** A double. */
		FLOAT,

		/** A string. */
		TEXT,

		/** {@code bytes} or {@code bytearray}. */
		BYTES,

		/** A list, tuple, set or frozen set. */
		SEQUENCE,

		/** A plain dict. */
		DICT,

		/** A reference to a class, function or constant of a module. */
		GLOBAL,

		/** What a call or an instantiation would have made. */
		OBJECT

	}

}
