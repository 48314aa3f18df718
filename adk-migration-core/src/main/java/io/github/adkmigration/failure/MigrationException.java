package io.github.adkmigration.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure with everything a person needs: what is wrong, with the value, and what to do
 * next. Neither text ever holds a credential.
 *
 * @since 0.1.0
 */
public class MigrationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final MigrationErrorCode code;

	private final String description;

	private final String action;

	/**
	 * Create a failure without a cause.
	 * @param code the kind of failure
	 * @param description the fact, one sentence with the offending value
	 * @param action what to do next, one imperative sentence
	 */
	public MigrationException(MigrationErrorCode code, String description, String action) {
		this(code, description, action, null);
	}

	/**
	 * Create a failure with the exception that led to it.
	 * @param code the kind of failure
	 * @param description the fact, one sentence with the offending value
	 * @param action what to do next, one imperative sentence
	 * @param cause what was thrown, or {@code null}
	 */
	public MigrationException(MigrationErrorCode code, String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.code = code;
		this.description = description;
		this.action = action;
	}

	/**
	 * Make a failure of what nobody foresaw.
	 * @param noun what was being done, such as {@code migration}
	 * @param cause what was thrown
	 * @return a failure that asks for a report
	 */
	public static MigrationException unforeseen(String noun, RuntimeException cause) {
		return new MigrationException(MigrationErrorCode.FAILED,
				"The " + noun + " met something that it was not made for (" + cause.getClass().getSimpleName() + ").",
				"Report the stack trace; starting again goes on where it stopped.", cause);
	}

	/**
	 * Return the kind of failure.
	 * @return the code
	 */
	public MigrationErrorCode code() {
		return this.code;
	}

	/**
	 * Return the fact.
	 * @return one sentence with the offending value
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return the next step.
	 * @return one imperative sentence
	 */
	public String action() {
		return this.action;
	}

}
