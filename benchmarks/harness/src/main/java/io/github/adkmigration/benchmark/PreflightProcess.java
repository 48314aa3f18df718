package io.github.adkmigration.benchmark;

import java.util.Objects;
import java.util.logging.LogManager;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.PreflightText;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The JVM that looks before a migration: prints the report, how long the look took, and
 * the estimate.
 */
final class PreflightProcess {

	private PreflightProcess() {
	}

	/**
	 * Look.
	 * @param arguments URL, user, password
	 */
	public static void main(String[] arguments) {
		LogManager.getLogManager().reset();
		DriverManagerDataSource dataSource = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
		long begun = System.nanoTime();
		PreflightReport report = AdkMigrator.create(dataSource)
			.settings(MigrationProcess.settings())
			.build()
			.preflight();
		PreflightText.of(report).lines().forEach((line) -> System.out.println("    " + line.strip()));
		System.out.println("    looked for " + (System.nanoTime() - begun) / 1_000_000 + " ms");
		System.out.println("ESTIMATE " + Objects.requireNonNull(report.estimate()).duration().toMillis());
	}

}
