package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.time.Instant;
import java.util.List;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.PendingChange;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.report.RunActivity;
import io.github.adkmigration.report.RunDetails;
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
 * @param lag number of pending changes, without those that are deferred
 * @param pending what would be done, in its order, or what stands in the way
 * @param deferred what a start leaves to operators, with its SQL; the application works
 * without it
 * @param detected what the tables are, or {@code null} if the database could not be read
 * @param current the run that is going on, in whatever process, or {@code null}
 * @param lock what keeps others out while it does, or {@code null}
 * @param quarantined events that could not be converted and wait for a new try
 * @param orphaned events that belong to no session and were kept aside
 * @param runs the newest runs of the history, by whatever process, the newest first
 * @param refused the newest runs that were refused before they began, the newest first
 * @param startup what this process did when it started or was last told to migrate, or
 * {@code null}
 * @param problem why the database could not be read, or why a further target could not be
 * used when this process tried it last, or {@code null}
 * @param targets the further targets, each with a page of its own behind its name
 * @since 0.1.0
 */
public record AdkMigrationDescriptor(@Nullable Compatibility compatibility, @Nullable String schemaVersion,
		@Nullable String revision, @Nullable String head, int lag, List<PendingChange> pending,
		List<DeferredChange> deferred, @Nullable Detected detected, @Nullable RunActivity current, @Nullable Lock lock,
		long quarantined, long orphaned, List<RunDetails> runs, List<RefusedRun> refused,
		@Nullable MigrationReport startup, @Nullable Problem problem,
		List<FurtherTarget> targets) implements OperationResponseBody {

	static AdkMigrationDescriptor of(SchemaStatus status, Operations operations, @Nullable MigrationReport report,
			@Nullable Problem problem, List<FurtherTarget> targets) {
		RunActivity current = operations.current();
		return new AdkMigrationDescriptor(status.compatibility(), status.schemaVersion(), status.revision(),
				status.head(), status.lag(), status.changes(), status.deferred(),
				new Detected(status.detected(), status.title(), status.evidence()), current,
				(current != null) ? Lock.of(current.run()) : null, operations.quarantined(), operations.orphaned(),
				operations.runs(), operations.refused(), report, problem, targets);
	}

	static AdkMigrationDescriptor of(MigrationException failure, @Nullable MigrationReport report,
			List<FurtherTarget> targets) {
		return new AdkMigrationDescriptor(null, null, null, null, 0, List.of(), List.of(), null, null, null, 0, 0,
				List.of(), List.of(), report, Problem.of(failure), targets);
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
	 * A further target in a line.
	 *
	 * @param name its name in the settings, and behind the path of the endpoint
	 * @param usable whether the application can work with it
	 * @param compatibility how database and library fit together, or {@code null} if the
	 * database could not be read
	 * @param revision our revision that the tables correspond to, or {@code null} if
	 * unknown
	 * @param lag number of pending changes
	 * @param detected what the tables are, for people, or {@code null}
	 * @param problem why it could not be used when this process tried last, or
	 * {@code null}
	 */
	public record FurtherTarget(String name, boolean usable, @Nullable Compatibility compatibility,
			@Nullable String revision, int lag, @Nullable String detected, @Nullable Problem problem) {

		static FurtherTarget of(String name, SchemaStatus status, @Nullable Problem problem) {
			return new FurtherTarget(name, status.compatibility().usable(), status.compatibility(), status.revision(),
					status.lag(), status.title(), problem);
		}

	}

	/**
	 * What keeps others out.
	 *
	 * @param kind which kind of lock it is and why
	 * @param holder host, process and a random part
	 * @param since since when, by the clock of the database
	 */
	public record Lock(@Nullable String kind, String holder, Instant since) {

		static Lock of(RunRecord run) {
			return new Lock(run.lock(), run.instance(), run.started());
		}

	}

	/**
	 * Why something could not be done.
	 *
	 * @param code kind of failure
	 * @param description the fact
	 * @param action the next step
	 */
	public record Problem(MigrationErrorCode code, String description, String action) {

		static Problem of(MigrationException failure) {
			return new Problem(failure.code(), failure.description(), failure.action());
		}

	}

}
