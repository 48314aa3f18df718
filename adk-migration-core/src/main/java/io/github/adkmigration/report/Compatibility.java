package io.github.adkmigration.report;

/**
 * How a database and this library fit together.
 *
 * @since 0.1.0
 */
public enum Compatibility {

	/** Nothing is pending. */
	EQUAL,

	/**
	 * All that an application needs is there; what is pending is left to operators, such
	 * as an index on a large table.
	 */
	DEFERRED,

	/** Changes are pending, or the tables do not exist yet. */
	BEHIND,

	/** A newer library has changed the schema in a way that this one can live with. */
	AHEAD_COMPATIBLE,

	/** A newer library has changed the schema in a way that this one cannot live with. */
	AHEAD_INCOMPATIBLE,

	/** The tables are not, or not entirely, those of a layout that can be migrated. */
	UNRECOGNIZED;

	/**
	 * Return whether an application can work with the database as it is.
	 * @return whether it can
	 */
	public boolean usable() {
		return switch (this) {
			case EQUAL, DEFERRED, AHEAD_COMPATIBLE -> true;
			case BEHIND, AHEAD_INCOMPATIBLE, UNRECOGNIZED -> false;
		};
	}

}
