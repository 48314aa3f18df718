package io.github.adkmigration.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;

/**
 * What all verbs have in common: they answer, or fail, in the form that was asked for.
 * Results go to standard output, everything else to standard error.
 */
abstract class Verb implements Callable<Integer> {

	private final String name;

	private final Surroundings surroundings;

	@ArgGroup(validate = false, order = 90, heading = "%nOutput:%n")
	private OutputOptions output = new OutputOptions();

	Verb(String name, Surroundings surroundings) {
		this.name = name;
		this.surroundings = surroundings;
	}

	/**
	 * Do what the verb says.
	 */
	abstract Answer answer();

	final String name() {
		return this.name;
	}

	final Surroundings surroundings() {
		return this.surroundings;
	}

	final OutputOptions output() {
		return this.output;
	}

	@Override
	public Integer call() {
		Logging.configure(this.output.verbose());
		try {
			Answer answer = answer();
			this.surroundings.out()
				.println(this.output.json() ? JsonText.of(answer.document(this.name)) : answer.text());
			return answer.exitCode();
		}
		catch (RuntimeException ex) {
			Failure failure = Failure.of(ex);
			if (this.output.json()) {
				this.surroundings.out().println(JsonText.of(failure.document(this.name)));
			}
			this.surroundings.err().println(failure.text());
			if (this.output.verbose()) {
				this.surroundings.err().print(failure.trace());
			}
			return failure.exitCode();
		}
	}

}
