package io.github.adkmigration.report;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Stands for other listeners, however many and however they are called.
 *
 * @since 0.1.0
 */
public abstract class ForwardingListener implements MigrationListener {

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

	/**
	 * Tell the others.
	 * @param call what to call
	 */
	protected abstract void tell(Consumer<MigrationListener> call);

}
