package io.github.adkmigration.autoconfigure.status;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.adkmigration.report.MigrationReport;
import org.jspecify.annotations.Nullable;

/**
 * The report of the migration that this instance ran when it started. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class MigrationReportStore {

	private final AtomicReference<@Nullable MigrationReport> report = new AtomicReference<>();

	/**
	 * Keep a report in place of the one before.
	 * @param report what a run did
	 */
	public void record(MigrationReport report) {
		this.report.set(report);
	}

	/**
	 * Return the last report.
	 * @return the report, empty if this instance has not run a migration
	 */
	public Optional<MigrationReport> last() {
		return Optional.ofNullable(this.report.get());
	}

}
