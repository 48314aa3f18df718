package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor.FurtherTarget;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor.Problem;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint.RunsReader;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of one target and does to it.
 *
 * @param status a cheap look at the database
 * @param runs reads the record
 * @param report what this process did last
 * @param failure why the last attempt at the start of this process failed
 * @param control carries out what is asked for
 * @since 0.1.0
 */
public record EndpointTarget(Supplier<SchemaStatus> status, RunsReader runs, Supplier<Optional<MigrationReport>> report,
		Supplier<Optional<MigrationException>> failure, MigrationControl control) {

	/** How many runs are shown at a time. */
	private static final int MOST_RUNS = 10;

	AdkMigrationDescriptor describe(List<FurtherTarget> targets) {
		MigrationReport done = this.report.get().orElse(null);
		try {
			return AdkMigrationDescriptor.of(this.status.get(), this.runs.read(MOST_RUNS), done, problem(), targets);
		}
		catch (MigrationException ex) {
			return AdkMigrationDescriptor.of(ex, done, targets);
		}
	}

	FurtherTarget summary(String name) {
		try {
			return FurtherTarget.of(name, this.status.get(), problem());
		}
		catch (MigrationException ex) {
			return new FurtherTarget(name, false, null, null, 0, null, Problem.of(ex));
		}
	}

	private @Nullable Problem problem() {
		return this.failure.get().map(Problem::of).orElse(null);
	}

}
