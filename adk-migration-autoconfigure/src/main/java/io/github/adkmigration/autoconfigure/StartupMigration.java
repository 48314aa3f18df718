package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.ReportText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates, and keeps and logs the report; what is left to operators is told at each
 * start.
 */
final class StartupMigration implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(StartupMigration.class);

	private final AdkMigrator migrator;

	private final MigrationReportStore reports;

	StartupMigration(AdkMigrator migrator, MigrationReportStore reports) {
		this.migrator = migrator;
		this.reports = reports;
	}

	@Override
	public void run() {
		MigrationReport report = this.migrator.migrate();
		this.reports.record(report);
		if (report.outcome() == Outcome.UP_TO_DATE) {
			logger.info("The session tables are up to date at {}.", report.to());
		}
		else {
			logger.info("The session tables are ready.\n{}", ReportText.of(report));
		}
		for (DeferredChange change : report.deferred()) {
			logger.warn("{}", change.text());
		}
	}

}
