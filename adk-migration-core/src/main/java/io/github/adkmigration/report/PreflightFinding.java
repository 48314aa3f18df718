package io.github.adkmigration.report;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * Something that was found before a run.
 *
 * @param code what kind of thing
 * @param fact one sentence with the value that matters
 * @param nextStep one imperative sentence
 * @since 0.1.0
 */
public record PreflightFinding(PreflightCode code, String fact, String nextStep) {

	/**
	 * Return whether a run is refused for this.
	 * @return whether it blocks
	 */
	public boolean blocks() {
		return this.code.severity() == PreflightCode.Severity.BLOCKS;
	}

	/**
	 * Return the failure of a run that is refused for this.
	 * @return a failure with the same texts
	 */
	public MigrationException failure() {
		MigrationErrorCode failure = this.code.failure();
		return new MigrationException(failure == null ? MigrationErrorCode.REFUSED : failure, this.fact, this.nextStep);
	}

}
