package io.github.adkmigration.autoconfigure.observation;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes runs and, within them, their steps. A run that found nothing to do or was
 * refused has not begun and is not observed. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class MigrationObservations implements MigrationListener {

	private static final String KIND = "kind";

	private final ObservationRegistry registry;

	/** A run stays on its thread. */
	private final ThreadLocal<@Nullable OpenRun> open = new ThreadLocal<>();

	/**
	 * Create the observer.
	 * @param registry who wants to know
	 */
	public MigrationObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void started(RunStart start) {
		// What a run that an error tore away has left on a thread of a pool.
		close("unknown", null);
		Observation observation = Observation.createNotStarted("adk.migration.run", this.registry)
			.contextualName("adk migration " + start.kind())
			.lowCardinalityKeyValue(KIND, start.kind())
			.highCardinalityKeyValue("run", String.valueOf(start.number()))
			.highCardinalityKeyValue("from", start.from())
			.highCardinalityKeyValue("to", start.to())
			.start();
		this.open.set(new OpenRun(start.kind(), observation));
	}

	@Override
	public void begins(String step, String description) {
		OpenRun run = this.open.get();
		if (run != null) {
			run.begin(Observation.createNotStarted("adk.migration.step", this.registry)
				.contextualName(step)
				.lowCardinalityKeyValue(KIND, run.kind)
				.lowCardinalityKeyValue("step", step)
				.highCardinalityKeyValue("description", description)
				.start());
		}
	}

	@Override
	public void ends(StepReport step) {
		OpenRun run = this.open.get();
		if (run != null) {
			run.endStep(null);
		}
	}

	@Override
	public void ended(RunEnd end) {
		close(end.outcome(), (end.code() == null) ? null : new MigrationException(end.code(),
				(end.message() != null) ? end.message() : "The run failed.", "The log says what to do."));
	}

	private void close(String outcome, @Nullable MigrationException failure) {
		OpenRun run = this.open.get();
		if (run != null) {
			this.open.remove();
			run.end(outcome, failure);
		}
	}

	/** The observations that a thread has open. */
	private static final class OpenRun {

		private final String kind;

		private final Observation run;

		private final Observation.Scope runScope;

		private @Nullable Observation step;

		private Observation.@Nullable Scope stepScope;

		OpenRun(String kind, Observation run) {
			this.kind = kind;
			this.run = run;
			this.runScope = run.openScope();
		}

		void begin(Observation observation) {
			endStep(null);
			this.step = observation;
			this.stepScope = observation.openScope();
		}

		void endStep(@Nullable MigrationException failure) {
			if (this.stepScope != null) {
				this.stepScope.close();
				this.stepScope = null;
			}
			if (this.step != null) {
				stop(this.step, failure);
				this.step = null;
			}
		}

		void end(String outcome, @Nullable MigrationException failure) {
			endStep(failure);
			this.runScope.close();
			stop(this.run.lowCardinalityKeyValue("outcome", outcome), failure);
		}

		private static void stop(Observation observation, @Nullable MigrationException failure) {
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		}

	}

}
