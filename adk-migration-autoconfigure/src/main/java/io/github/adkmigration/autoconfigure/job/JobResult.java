package io.github.adkmigration.autoconfigure.job;

/**
 * What became of a job.
 *
 * @param exitCode exit code of the process
 * @param summary a sentence or two, for the termination message
 * @param text all there is to say, for the log
 */
record JobResult(int exitCode, String summary, String text) {

	JobResult(int exitCode, String summary) {
		this(exitCode, summary, summary);
	}

	/**
	 * Return what became of this and of a further target.
	 * @param target its name
	 * @param next what became of it
	 */
	JobResult and(String target, JobResult next) {
		return new JobResult((this.exitCode != 0) ? this.exitCode : next.exitCode,
				this.summary + "\ntarget " + target + ": " + next.summary,
				this.text + "\n\nTarget " + target + ":\n" + next.text);
	}

	static JobResult success(String summary, String text) {
		return new JobResult(0, summary, text);
	}

}
