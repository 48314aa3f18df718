package io.github.adkmigration.autoconfigure;

import java.util.Set;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.core.Ordered;

/**
 * {@link DatabaseInitializerDetector} for {@link SessionMigrationInitializer}. It comes
 * after Flyway, Liquibase and the application's scripts, so that the table which an owner
 * column refers to exists.
 */
class SessionMigrationInitializerDatabaseInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

	private static final int PRECEDENCE = Ordered.LOWEST_PRECEDENCE - 40;

	@Override
	protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
		return Set.of(SessionMigrationInitializer.class);
	}

	@Override
	public int getOrder() {
		return PRECEDENCE;
	}

}
