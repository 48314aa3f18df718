package io.github.adkmigration.autoconfigure.job;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/**
 * Takes out the definitions of those beans that a context makes without being asked: post
 * processors other than the few that every data source may need, and beans of special
 * names. It runs right after the configuration classes were read, before a post processor
 * that they define could be made.
 */
class ActiveBeansFilter implements BeanDefinitionRegistryPostProcessor, PriorityOrdered, EnvironmentAware {

	/**
	 * Injection and callbacks, values with placeholders, bound properties, and connection
	 * details.
	 */
	private static final List<String> NEEDED = List.of("org.springframework.beans.",
			"org.springframework.context.annotation.", "org.springframework.context.support.",
			"org.springframework.boot.context.properties.", "org.springframework.boot.jdbc.",
			ActiveBeansFilter.class.getName());

	private static final List<String> SPECIAL = List.of(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME,
			AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
			AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME);

	private List<String> wanted = List.of();

	@Override
	public void setEnvironment(Environment environment) {
		this.wanted = JobArguments.postProcessors(environment);
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
			Stream.of(BeanFactoryPostProcessor.class, BeanPostProcessor.class)
				.flatMap((type) -> Stream.of(beanFactory.getBeanNamesForType(type, true, false)))
				.filter((name) -> !needed(beanFactory.getType(name, false)))
				.forEach((name) -> remove(registry, BeanFactoryUtils.transformedBeanName(name)));
			SPECIAL.forEach((name) -> remove(registry, name));
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// Later than this there is nothing left to take out.
	}

	private static boolean needed(@Nullable Class<?> type) {
		// Behind an interface is whatever a bean method returns.
		return type != null && !type.isInterface() && NEEDED.stream().anyMatch(type.getName()::startsWith);
	}

	private void remove(BeanDefinitionRegistry registry, String name) {
		if (registry.containsBeanDefinition(name) && !this.wanted.contains(name)) {
			registry.removeBeanDefinition(name);
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
