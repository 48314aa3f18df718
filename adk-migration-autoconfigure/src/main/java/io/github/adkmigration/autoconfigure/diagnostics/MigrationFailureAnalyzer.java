package io.github.adkmigration.autoconfigure.diagnostics;

import io.github.adkmigration.failure.MigrationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows the fact and the next step that every {@link MigrationException} carries.
 */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<MigrationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MigrationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
