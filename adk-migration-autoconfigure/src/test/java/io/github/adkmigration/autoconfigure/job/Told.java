package io.github.adkmigration.autoconfigure.job;

import org.slf4j.LoggerFactory;

/**
 * Tells on the console that it was made.
 */
abstract class Told {

	Told() {
		// The class behind the name that Spring gives a configuration.
		tell(getClass().getSimpleName().replaceAll("\\$\\$.*", ""), this);
	}

	final <T> T tell(String what, T thing) {
		LoggerFactory.getLogger(Told.class).info("{}{}", BusyApplication.MADE, what);
		return thing;
	}

}
