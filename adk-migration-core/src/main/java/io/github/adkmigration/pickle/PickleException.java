package io.github.adkmigration.pickle;

/**
 * A pickle cannot be read. The message never holds content of the pickle other than the
 * names of modules and classes.
 *
 * @since 0.1.0
 */
public final class PickleException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Fault fault;

	/**
	 * Create an exception. It has no stack trace, for it tells about data, not about
	 * code.
	 * @param fault what is wrong
	 * @param message a sentence about it
	 */
	public PickleException(Fault fault, String message) {
		super(message, null, false, false);
		this.fault = fault;
	}

	/**
	 * Return what is wrong.
	 * @return the fault
	 */
	public Fault fault() {
		return this.fault;
	}

	/**
	 * What can be wrong with a pickle.
	 */
	public enum Fault {

		/** It is damaged: cut off, or not a pickle at all. */
		BROKEN,

		/** It is larger, deeper or wider than the limits allow. */
		LIMIT,

		/** It refers to something that acts when called. */
		HOSTILE

	}

}
