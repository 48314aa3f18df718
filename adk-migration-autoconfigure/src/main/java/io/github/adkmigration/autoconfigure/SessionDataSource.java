package io.github.adkmigration.autoconfigure;

import javax.sql.DataSource;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the one data source of the application that holds ADK's sessions.
 */
final class SessionDataSource {

	private SessionDataSource() {
	}

	/**
	 * Choose the qualified data source, else the unique or primary one.
	 * @param qualified data sources with {@link AdkSessionDataSource}
	 * @param any all data sources
	 * @param beanFactory knows the names for the failure text
	 * @return the chosen one
	 * @throws MigrationException with {@code INVALID_SETTING} if several could be meant
	 */
	static DataSource choose(ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> any,
			ListableBeanFactory beanFactory) {
		DataSource chosen;
		try {
			chosen = qualified.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"More than one data source is marked with @AdkSessionDataSource.",
					"Mark only the one that holds ADK's sessions.", ex);
		}
		if (chosen == null) {
			chosen = any.getIfUnique();
		}
		if (chosen == null) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The application has several data sources ("
							+ String.join(", ", beanFactory.getBeanNamesForType(DataSource.class, true, false))
							+ "), and none of them is primary or marked as the one that holds ADK's sessions.",
					"Annotate the bean method of that data source with @AdkSessionDataSource.");
		}
		return chosen;
	}

}
