package io.github.adkmigration.autoconfigure;

import java.util.stream.Stream;

import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What the tests start: an application with a data source and this library.
 */
final class StartedApplication {

	private StartedApplication() {
	}

	static ApplicationContextRunner withoutDatabase() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, AdkMigrationAutoConfiguration.class,
				AdkSessionServiceAutoConfiguration.class, AdkMigrationEndpointAutoConfiguration.class,
				AdkMigrationHealthContributorAutoConfiguration.class));
	}

	static ApplicationContextRunner on(TestDatabase database) {
		return connect(withoutDatabase(), database);
	}

	/**
	 * Return an application that finds its auto-configurations as a real one does, by
	 * name, so that classes can be missing.
	 * @param database what its data source connects to
	 * @return the application
	 */
	static ApplicationContextRunner discoveredOn(TestDatabase database) {
		return connect(new ApplicationContextRunner().withUserConfiguration(Discovery.class), database);
	}

	private static ApplicationContextRunner connect(ApplicationContextRunner runner, TestDatabase database) {
		return runner.withPropertyValues("spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=" + database.username(),
				"spring.datasource.password=" + database.password(), "spring.datasource.hikari.maximum-pool-size=4");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(NamedAutoConfigurations.class)
	static class Discovery {

	}

	static class NamedAutoConfigurations implements DeferredImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata metadata) {
			return Stream.concat(Stream.of(DataSourceAutoConfiguration.class.getName()),
					ImportCandidates.load(AutoConfiguration.class, null)
						.getCandidates()
						.stream()
						.filter((name) -> name.startsWith("io.github.adkmigration")))
				.toArray(String[]::new);
		}

	}

}
