package io.github.adkmigration.report;

import java.util.List;

/**
 * Whether a database equals the model.
 *
 * @param differences what is not as it should be
 * @param notes what is allowed but worth knowing
 * @since 0.1.0
 */
public record VerificationResult(List<Difference> differences, List<String> notes) {

	public VerificationResult {
		differences = List.copyOf(differences);
		notes = List.copyOf(notes);
	}

	/**
	 * Return whether nothing differs.
	 * @return whether the database equals the model
	 */
	public boolean successful() {
		return this.differences.isEmpty();
	}

}
