package io.github.adkmigration.cli;

import java.util.logging.LogManager;

/**
 * Keeps loggers quiet, or lets them speak on standard error. It must come before the
 * first logger is made.
 */
final class Logging {

	private static final String SIMPLE = "org.slf4j.simpleLogger.";

	private Logging() {
	}

	static void configure(boolean verbose) {
		System.setProperty(SIMPLE + "defaultLogLevel", verbose ? "warn" : "off");
		System.setProperty(SIMPLE + "log.io.github.adkmigration", verbose ? "debug" : "off");
		System.setProperty(SIMPLE + "log.liquibase", verbose ? "info" : "off");
		System.setProperty(SIMPLE + "showThreadName", "false");
		System.setProperty(SIMPLE + "showDateTime", "true");
		System.setProperty(SIMPLE + "dateTimeFormat", "HH:mm:ss.SSS");
		// Drivers that log by java.util.logging would otherwise speak on standard error.
		LogManager.getLogManager().reset();
	}

}
