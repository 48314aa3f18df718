package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.List;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers.
 *
 * @param compatibility how database and library fit together, or {@code null} if the
 * database could not be read
 * @param schemaVersion value of ADK's {@code schema_version} row, or {@code null}
 * @param revision our revision that the tables correspond to, or {@code null} if unknown
 * @param head newest revision of this library, or {@code null} if the database could not
 * be read
 * @param lag number of pending changes
 * @param pending what would be done, a line each
 * @param detected what the tables are, or {@code null} if the database could not be read
 * @param lastRun newest run of the history, by whatever instance, or {@code null}
 * @param startup what this instance did when it started, or {@code null} if it does not
 * migrate
 * @param problem why the database could not be read, or {@code null}
 * @since 0.1.0
 */
public record AdkMigrationDescriptor(@Nullable Compatibility compatibility, @Nullable String schemaVersion,
		@Nullable String revision, @Nullable String head, int lag, List<String> pending, @Nullable Detected detected,
		@Nullable RunRecord lastRun, @Nullable MigrationReport startup,
		@Nullable Problem problem) implements OperationResponseBody {

	static AdkMigrationDescriptor of(SchemaStatus status, @Nullable MigrationReport report) {
		return new AdkMigrationDescriptor(status.compatibility(), status.schemaVersion(), status.revision(),
				status.head(), status.lag(), status.pending(),
				new Detected(status.detected(), status.title(), status.evidence()), status.lastRun(), report, null);
	}

	static AdkMigrationDescriptor of(MigrationException failure, @Nullable MigrationReport report) {
		return new AdkMigrationDescriptor(null, null, null, null, 0, List.of(), null, null, report,
				new Problem(failure.code(), failure.description(), failure.action()));
	}

	/**
	 * What the tables are.
	 *
	 * @param layout a level such as {@code python-1.14.0}, or {@code empty},
	 * {@code incomplete}, {@code hybrid}, {@code foreign}, {@code unknown-version}
	 * @param title the same for people
	 * @param evidence why; empty when the stored fingerprint alone proved head
	 */
	public record Detected(String layout, String title, List<String> evidence) {
	}

	/**
	 * Why the database could not be read.
	 *
	 * @param code kind of failure
	 * @param description the fact
	 * @param action the next step
	 */
	public record Problem(MigrationErrorCode code, String description, String action) {
	}

}
