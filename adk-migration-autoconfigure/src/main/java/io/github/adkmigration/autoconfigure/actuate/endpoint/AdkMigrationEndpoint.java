package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor.FurtherTarget;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunDetails;
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

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

	private final EndpointTarget first;

	private final Supplier<Map<String, EndpointTarget>> targets;

	/**
	 * Create the endpoint.
	 * @param first the target of the settings themselves
	 * @param targets further targets by their names
	 */
	public AdkMigrationEndpoint(EndpointTarget first, Supplier<Map<String, EndpointTarget>> targets) {
		this.first = first;
		this.targets = targets;
	}

	/**
	 * Return the state of the schema, and in a line that of each further target.
	 * @return the state; with a problem in place of it when the database cannot be read
	 */
	@ReadOperation
	public AdkMigrationDescriptor adkMigration() {
		List<FurtherTarget> summaries = new ArrayList<>();
		this.targets.get().forEach((name, target) -> summaries.add(target.summary(name)));
		return this.first.describe(summaries);
	}

	/**
	 * Return one run, or the state of one further target.
	 * @param name the number of the run in the history, or the name of the target
	 * @return a {@link RunDetails} or an {@link AdkMigrationDescriptor}; {@code null} if
	 * there is neither
	 */
	@ReadOperation
	public @Nullable Object find(@Selector String name) {
		if (isNumber(name)) {
			return this.first.runs().find(Long.parseLong(name)).orElse(null);
		}
		EndpointTarget target = this.targets.get().get(name);
		return (target != null) ? target.describe(List.of()) : null;
	}

	/**
	 * Return one run of a further target.
	 * @param target the name of the target
	 * @param run the number of the run in its history
	 * @return the run, or {@code null} if there is no such run
	 */
	@ReadOperation
	public @Nullable RunDetails run(@Selector String target, @Selector String run) {
		EndpointTarget found = this.targets.get().get(target);
		return (found != null && isNumber(run)) ? found.runs().find(Long.parseLong(run)).orElse(null) : null;
	}

	/**
	 * Do something.
	 * @param operation {@code migrate}, {@code pause} or {@code resume}
	 * @return what came of it
	 */
	@WriteOperation
	public OperationResult operate(@Selector String operation) {
		return this.first.control().operate(operation);
	}

	/**
	 * Do something to a further target.
	 * @param target the name of the target
	 * @param operation {@code migrate}, {@code pause} or {@code resume}
	 * @return what came of it
	 */
	@WriteOperation
	public OperationResult operateTarget(@Selector String target, @Selector String operation) {
		EndpointTarget found = this.targets.get().get(target);
		return (found != null) ? found.control().operate(operation)
				: OperationResult.unknown("There is no such target. GET /actuator/adkmigration lists them.");
	}

	private static boolean isNumber(String text) {
		return NUMBER.matcher(text).matches();
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
