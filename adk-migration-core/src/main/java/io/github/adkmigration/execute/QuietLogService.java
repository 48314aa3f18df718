package io.github.adkmigration.execute;

import java.util.logging.Level;

import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Hands Liquibase's log to SLF4J, one level lower: what it calls information is detail of
 * our run, which reports for itself.
 */
final class QuietLogService extends AbstractLogService {

	@Override
	public int getPriority() {
		return PRIORITY_NOT_APPLICABLE;
	}

	@Override
	@SuppressWarnings("rawtypes")
	public Logger getLog(Class type) {
		return new Slf4jLogger(LoggerFactory.getLogger(type.getName()));
	}

	private static final class Slf4jLogger extends AbstractLogger {

		private final org.slf4j.Logger logger;

		Slf4jLogger(org.slf4j.Logger logger) {
			this.logger = logger;
		}

		@Override
		public void log(Level level, @Nullable String message, @Nullable Throwable cause) {
			// Liquibase logs with OFF what its own settings have switched off.
			if (level.equals(Level.OFF)) {
				return;
			}
			if (level.intValue() >= Level.WARNING.intValue()) {
				this.logger.info(message, cause);
			}
			else {
				this.logger.debug(message, cause);
			}
		}

	}

}
