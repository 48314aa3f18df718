package io.github.adkmigration.convert;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.report.TableSizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the failures of a listener away from the migration: after the first it is not
 * called any more.
 *
 * @since 0.1.0
 */
public final class GuardedListener implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(GuardedListener.class);

	private MigrationListener listener;

	private GuardedListener(MigrationListener listener) {
		this.listener = listener;
	}

	/**
	 * Guard a listener.
	 * @param listener whoever wants to know
	 * @return the listener, guarded once
	 */
	public static GuardedListener of(MigrationListener listener) {
		return listener instanceof GuardedListener guarded ? guarded : new GuardedListener(listener);
	}

	@Override
	public void locked(String description, Duration waited) {
		tell((told) -> told.locked(description, waited));
	}

	@Override
	public void started(RunStart start) {
		tell((told) -> told.started(start));
	}

	@Override
	public boolean measures() {
		boolean[] measures = { false };
		tell((told) -> measures[0] = told.measures());
		return measures[0];
	}

	@Override
	public void measured(TableSizes sizes) {
		tell((told) -> told.measured(sizes));
	}

	@Override
	public void begins(String step, String description) {
		tell((told) -> told.begins(step, description));
	}

	@Override
	public void progress(Progress progress) {
		tell((told) -> told.progress(progress));
	}

	@Override
	public void ends(StepReport step) {
		tell((told) -> told.ends(step));
	}

	@Override
	public void ended(RunEnd end) {
		tell((told) -> told.ended(end));
	}

	private void tell(Consumer<MigrationListener> call) {
		try {
			call.accept(this.listener);
		}
		catch (RuntimeException ex) {
			logger.warn("The listener of the migration failed and is not called any more", ex);
			this.listener = MigrationListener.NONE;
		}
	}

}
