package io.github.adkmigration.autoconfigure.job;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Knows all bean definitions of the application, and makes no bean unless one is asked
 * for: no singletons beforehand, no listeners, no lifecycles. So an application may
 * provide its data source in whatever way it likes, and only what that data source needs
 * comes to life.
 */
final class JobApplicationContext extends AnnotationConfigApplicationContext {

	JobApplicationContext() {
		// The processor of configuration classes is registered already. Both come at the
		// lowest precedence, where the order of registration counts.
		registerBean(ActiveBeansFilter.class);
	}

	@Override
	protected void registerListeners() {
		// A listener of the application would be made for the first event.
	}

	@Override
	protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beanFactory) {
		if (!beanFactory.hasEmbeddedValueResolver()) {
			beanFactory.addEmbeddedValueResolver(getEnvironment()::resolvePlaceholders);
		}
		beanFactory.freezeConfiguration();
	}

	@Override
	protected void finishRefresh() {
		// Nothing is started, and nobody is told.
	}

}
