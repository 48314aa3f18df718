package io.github.adkmigration.autoconfigure;

import java.util.Set;

import com.google.adk.sessions.BaseSessionService;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;
import org.springframework.util.ClassUtils;

/**
 * {@link DependsOnDatabaseInitializationDetector} for session services, ours and the
 * application's own.
 */
class SessionServiceDependsOnDatabaseInitializationDetector
		extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

	@Override
	protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
		// Spring Boot creates every detector, also in applications without google-adk.
		return ClassUtils.isPresent("com.google.adk.sessions.BaseSessionService", getClass().getClassLoader())
				? Set.of(BaseSessionService.class) : Set.of();
	}

}
