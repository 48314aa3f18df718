package io.github.adkmigration.report;

/**
 * One way in which a database is not what it should be.
 *
 * @param subject table, column, key or rows concerned
 * @param expected what the model says
 * @param found what the database says
 * @since 0.1.0
 */
public record Difference(String subject, String expected, String found) {

	@Override
	public String toString() {
		return this.subject + ": expected " + this.expected + ", found " + this.found;
	}

}
