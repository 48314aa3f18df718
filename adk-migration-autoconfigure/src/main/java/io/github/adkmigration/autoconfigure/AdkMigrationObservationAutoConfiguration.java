package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.observation.MigrationObservations;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observations {@code adk.migration.run} and
 * {@code adk.migration.step}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AdkMigrationAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, SchemaStatusCache.class })
public final class AdkMigrationObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MigrationObservations adkMigrationObservations(ObservationRegistry registry) {
		return new MigrationObservations(registry);
	}

}
