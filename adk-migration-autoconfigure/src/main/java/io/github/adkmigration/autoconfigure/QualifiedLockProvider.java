package io.github.adkmigration.autoconfigure;

import java.util.Arrays;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the application's lock provider when a migration needs it. Spring Boot lets every
 * {@code JdbcTemplate} wait for the migration, and the migration would wait for a lock
 * provider that is made from one. So a bean that the lock provider needs does not wait.
 */
final class QualifiedLockProvider implements Supplier<@Nullable LockProvider> {

	private final ObjectProvider<LockProvider> qualified;

	private final ConfigurableListableBeanFactory beanFactory;

	QualifiedLockProvider(ObjectProvider<LockProvider> qualified, ConfigurableListableBeanFactory beanFactory) {
		this.qualified = qualified;
		this.beanFactory = beanFactory;
	}

	@Override
	public @Nullable LockProvider get() {
		while (true) {
			try {
				return this.qualified.getIfAvailable();
			}
			catch (NoUniqueBeanDefinitionException ex) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"More than one lock provider is marked with @AdkMigrationLockProvider.",
						"Mark only the one that the migration is to use.", ex);
			}
			catch (BeanCreationException ex) {
				if (!(ex.getMostSpecificCause() instanceof BeanCurrentlyInCreationException) || !release()) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Let the beans that have asked for the initializer, which is about to be made, do
	 * without it.
	 * @return whether there was one
	 */
	private boolean release() {
		boolean released = false;
		for (String initializer : this.beanFactory.getBeanNamesForType(SessionMigrationInitializer.class, true,
				false)) {
			for (String waiting : this.beanFactory.getDependentBeans(initializer)) {
				if (this.beanFactory.containsBeanDefinition(waiting)) {
					released |= release(this.beanFactory.getBeanDefinition(waiting), initializer);
					released |= release(this.beanFactory.getMergedBeanDefinition(waiting), initializer);
				}
			}
		}
		return released;
	}

	private static boolean release(BeanDefinition definition, String initializer) {
		String[] dependencies = definition.getDependsOn();
		if (dependencies == null || !Arrays.asList(dependencies).contains(initializer)) {
			return false;
		}
		definition.setDependsOn(Arrays.stream(dependencies)
			.filter((dependency) -> !dependency.equals(initializer))
			.toArray(String[]::new));
		return true;
	}

}
