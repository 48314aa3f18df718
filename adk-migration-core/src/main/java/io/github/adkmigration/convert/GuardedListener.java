package io.github.adkmigration.convert;

import java.util.function.Consumer;

import io.github.adkmigration.report.ForwardingListener;
import io.github.adkmigration.report.MigrationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the failures of a listener away from the migration: after the first it is not
 * called any more.
 *
 * @since 0.1.0
 */
public final class GuardedListener extends ForwardingListener {

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
	protected void tell(Consumer<MigrationListener> call) {
		try {
			call.accept(this.listener);
		}
		catch (RuntimeException ex) {
			logger.warn("The listener of the migration failed and is not called any more", ex);
			this.listener = MigrationListener.NONE;
		}
	}

}
