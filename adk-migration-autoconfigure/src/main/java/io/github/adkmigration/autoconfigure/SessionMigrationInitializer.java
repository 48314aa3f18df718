package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Brings the session tables to head, or checks them, before any bean uses them. It is the
 * one database initializer of this library; beans that touch the tables on their own
 * depend on it.
 *
 * @since 0.1.0
 */
public final class SessionMigrationInitializer implements InitializingBean, DisposableBean {

	private final Runnable startup;

	private final @Nullable Runnable end;

	/**
	 * Create it.
	 * @param startup looks after the tables
	 * @param end ends what that has begun and not finished, if it may leave something
	 */
	SessionMigrationInitializer(Runnable startup, @Nullable Runnable end) {
		this.startup = startup;
		this.end = end;
	}

	@Override
	public void afterPropertiesSet() {
		this.startup.run();
	}

	@Override
	public void destroy() {
		if (this.end != null) {
			this.end.run();
		}
	}

}
