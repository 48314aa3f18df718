package io.github.adkmigration.report;

/**
 * What a run needs on disk, and what there is.
 *
 * @param copy bytes for the converted events and their indexes, an estimate: what the old
 * ones take up. Or -1 if nobody knows that
 * @param backup bytes for the copy of a SQLite file that is made first; 0 for none
 * @param free bytes that are free where the database is, or -1 if it does not say
 * @since 0.1.0
 */
public record SpaceNeed(long copy, long backup, long free) {

	/** Nothing is needed, and nobody has looked. */
	public static final SpaceNeed NONE = new SpaceNeed(0, 0, TableMeasure.UNKNOWN);

	/**
	 * Return what is needed in all.
	 * @return bytes, or -1 if not known
	 */
	public long needed() {
		return this.copy < 0 ? TableMeasure.UNKNOWN : this.copy + this.backup;
	}

}
