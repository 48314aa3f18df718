package io.github.adkmigration.autoconfigure.actuate.endpoint;

import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor.Problem;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What came of an operation.
 *
 * @param outcome what became of it
 * @param message one sentence, or {@code null} where there is a problem
 * @param problem why it was not done, or {@code null}
 * @since 0.1.0
 */
public record OperationResult(Outcome outcome, @Nullable String message,
		@Nullable Problem problem) implements OperationResponseBody {

	static OperationResult done(String message) {
		return new OperationResult(Outcome.DONE, message, null);
	}

	static OperationResult begun(String message) {
		return new OperationResult(Outcome.BEGUN, message, null);
	}

	static OperationResult unknown(String message) {
		return new OperationResult(Outcome.UNKNOWN, message, null);
	}

	static OperationResult refused(MigrationException failure) {
		return new OperationResult(Outcome.REFUSED, null, Problem.of(failure));
	}

	/** What became of an operation. */
	public enum Outcome {

		/** It is done; HTTP 200. */
		DONE(200),

		/** It goes on in the background; HTTP 202. */
		BEGUN(202),

		/** There is no such operation; HTTP 404. */
		UNKNOWN(404),

		/** It cannot be done now; HTTP 409. */
		REFUSED(409);

		private final int status;

		Outcome(int status) {
			this.status = status;
		}

		/**
		 * Return the status with which HTTP answers.
		 * @return the status code
		 */
		public int status() {
			return this.status;
		}

	}

}
