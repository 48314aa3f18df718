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

	static JobResult success(String summary, String text) {
		return new JobResult(0, summary, text);
	}

}
