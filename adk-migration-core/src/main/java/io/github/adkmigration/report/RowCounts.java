package io.github.adkmigration.report;

/**
 * What became of the event rows of a conversion. Every row is one of the last three.
 *
 * @param read rows of the source
 * @param converted rows written to the new table
 * @param substituted converted rows of which a value had to be replaced
 * @param quarantined rows that could not be converted
 * @param orphaned rows whose session does not exist
 * @since 0.1.0
 */
public record RowCounts(long read, long converted, long substituted, long quarantined, long orphaned) {

	/** No row at all. */
	public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

	/**
	 * Return whether every row is accounted for.
	 * @return whether the parts add up to the rows read
	 */
	public boolean complete() {
		return this.read == this.converted + this.quarantined + this.orphaned;
	}

	/**
	 * Add the counts of another batch.
	 * @param other the other counts
	 * @return the sums
	 */
	public RowCounts plus(RowCounts other) {
		return new RowCounts(this.read + other.read, this.converted + other.converted,
				this.substituted + other.substituted, this.quarantined + other.quarantined,
				this.orphaned + other.orphaned);
	}

}
