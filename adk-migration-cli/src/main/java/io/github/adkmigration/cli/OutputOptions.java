package io.github.adkmigration.cli;

import picocli.CommandLine.Option;

/**
 * What is printed.
 */
final class OutputOptions {

	@Option(names = "--output", paramLabel = "text|json",
			description = "Form of the result on standard output. Default: text.")
	private Format format = Format.TEXT;

	@Option(names = "--progress", paramLabel = "auto|bar|plain|none",
			description = "How long work shows on standard error how far it is: a bar on a terminal, lines elsewhere."
					+ " Default: auto.")
	private ProgressStyle progress = ProgressStyle.AUTO;

	@Option(names = { "-v", "--verbose" }, description = "Log what is done, and show the stack trace of a failure.")
	private boolean verbose;

	boolean json() {
		return this.format == Format.JSON;
	}

	ProgressStyle progress() {
		return this.progress;
	}

	boolean verbose() {
		return this.verbose;
	}

	/** Form of a result. */
	enum Format {

		/** For people. */
		TEXT,

		/** For programs. */
		JSON

	}

	/** How progress is shown. */
	enum ProgressStyle {

		/** As the place asks for. */
		AUTO,

		/** One line that is written over and over. */
		BAR,

		/** Lines, now and then. */
		PLAIN,

		/** Not at all. */
		NONE

	}

}
