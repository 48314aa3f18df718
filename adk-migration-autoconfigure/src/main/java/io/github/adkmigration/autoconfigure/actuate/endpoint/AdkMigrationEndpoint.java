package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.SchemaStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint} that tells the state of ADK's session tables and what was and is done
 * to them, by whatever process. Operations that change something need access that is not
 * given by default.
 *
 * @since 0.1.0
 */
@Endpoint(id = "adkmigration", defaultAccess = Access.READ_ONLY)
public class AdkMigrationEndpoint {

	/** How many runs are shown at a time. */
	public static final int MOST_RUNS = 10;

	private final Supplier<SchemaStatus> status;

	private final RunsReader runs;

	private final Supplier<Optional<MigrationReport>> report;

	private final MigrationControl control;

	/**
	 * Create the endpoint.
	 * @param status a cheap look at the database
	 * @param runs reads the record
	 * @param report what this process did last
	 * @param control carries out what is asked for
	 */
	public AdkMigrationEndpoint(Supplier<SchemaStatus> status, RunsReader runs,
			Supplier<Optional<MigrationReport>> report, MigrationControl control) {
		this.status = status;
		this.runs = runs;
		this.report = report;
		this.control = control;
	}

	/**
	 * Return the state of the schema.
	 * @return the state; with a problem in place of it when the database cannot be read
	 */
	@ReadOperation
	public AdkMigrationDescriptor adkMigration() {
		MigrationReport report = this.report.get().orElse(null);
		try {
			return AdkMigrationDescriptor.of(this.status.get(), this.runs.read(MOST_RUNS), report);
		}
		catch (MigrationException ex) {
			return AdkMigrationDescriptor.of(ex, report);
		}
	}

	/**
	 * Return one run.
	 * @param run its number in the history
	 * @return the run, or {@code null} if there is no such run
	 */
	@ReadOperation
	public @Nullable RunDetails run(@Selector long run) {
		return this.runs.find(run).orElse(null);
	}

	/**
	 * Do something.
	 * @param operation {@code migrate}, {@code pause} or {@code resume}
	 * @return what came of it
	 */
	@WriteOperation
	public OperationResult operate(@Selector String operation) {
		return this.control.operate(operation);
	}

	/** Reads the record of runs. */
	public interface RunsReader {

		/**
		 * Read the newest part of the record.
		 * @param mostRuns how many runs at most
		 * @return what it says
		 * @throws MigrationException if the database does not answer
		 */
		Operations read(int mostRuns);

		/**
		 * Read one run.
		 * @param number its number
		 * @return the run; empty if there is none of this number
		 * @throws MigrationException if the database does not answer
		 */
		Optional<RunDetails> find(long number);

	}

}
