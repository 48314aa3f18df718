package io.github.adkmigration.autoconfigure.job;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the process of a job, once the sources of the application are known and before
 * anything of them is started. An application that calls {@code SpringApplication.run}
 * and nothing else has no other way to an exit code.
 */
class JobRunListener implements SpringApplicationRunListener {

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		if (context instanceof JobApplicationContext) {
			System.exit(new JobRunner(context).run());
		}
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		if (context instanceof JobApplicationContext) {
			System.exit(new JobRunner(context).fail(exception));
		}
	}

}
