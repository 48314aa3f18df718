package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.report.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that a version of the application has started on an unchanged schema, so that
 * one can go back to it: most versions bring no change. One row for each version and
 * state; a start that may not write is none the worse for it.
 */
final class DeployedVersion {

	private static final Logger logger = LoggerFactory.getLogger(DeployedVersion.class);

	private DeployedVersion() {
	}

	static void remember(Connection connection, DatabaseDialect dialect, Target target, RunRecord newest) {
		String version = target.settings().applicationVersion();
		if (version == null || version.equals(newest.applicationVersion())) {
			return;
		}
		try {
			new RunRecorder(dialect, target.tables()).deployed(connection, version, newest.id());
		}
		catch (SQLException ex) {
			logger.debug("The version of the application could not be recorded: {}", ex.getClass().getSimpleName());
		}
	}

}
