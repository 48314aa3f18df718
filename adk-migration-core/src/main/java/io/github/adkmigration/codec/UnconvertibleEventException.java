package io.github.adkmigration.codec;

/**
 * A row cannot be converted and belongs into quarantine. The message never holds content
 * of the row other than the names of modules and classes.
 *
 * @since 0.1.0
 */
public final class UnconvertibleEventException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final UnconvertibleReason reason;

	/**
	 * Create an exception. It has no stack trace, for it tells about data, not about
	 * code.
	 * @param reason why
	 * @param message a sentence about it
	 */
	public UnconvertibleEventException(UnconvertibleReason reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/**
	 * Return why the row cannot be converted.
	 * @return the reason
	 */
	public UnconvertibleReason reason() {
		return this.reason;
	}

	/**
	 * Return whether somebody may have made the row to do harm.
	 * @return whether the row is suspect, rather than merely damaged
	 */
	public boolean hostile() {
		return this.reason.hostile();
	}

}
