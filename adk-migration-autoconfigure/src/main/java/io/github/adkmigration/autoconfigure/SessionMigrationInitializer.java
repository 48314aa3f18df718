package io.github.adkmigration.autoconfigure;

import org.springframework.beans.factory.InitializingBean;

/**
 * Brings the session tables to head, or checks them, before any bean uses them. It is the
 * one database initializer of this library; beans that touch the tables on their own
 * depend on it.
 *
 * @since 0.1.0
 */
public final class SessionMigrationInitializer implements InitializingBean {

	private final Runnable startup;

	SessionMigrationInitializer(Runnable startup) {
		this.startup = startup;
	}

	@Override
	public void afterPropertiesSet() {
		this.startup.run();
	}

}
