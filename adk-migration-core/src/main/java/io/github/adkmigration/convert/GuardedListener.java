package io.github.adkmigration.convert;

import java.util.function.Consumer;

import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;
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

	/**
	 * Guard a listener.
	 * @param listener whoever wants to know
	 */
	public GuardedListener(MigrationListener listener) {
		this.listener = listener;
	}

	/**
	 * Return whether anybody listens.
	 * @return whether it is worth while to find out what to tell
	 */
	boolean listening() {
		return this.listener != MigrationListener.NONE;
	}

	@Override
	public void begins(String step, String description) {
		tell((told) -> told.begins(step, description));
	}

	@Override
	public void progress(Progress progress) {
		tell((told) -> told.progress(progress));
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
