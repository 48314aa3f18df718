package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code adkmigration}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AdkMigrationAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(AdkMigrationEndpoint.class)
@ConditionalOnBean(SchemaStatusCache.class)
public final class AdkMigrationEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdkMigrationEndpoint adkMigrationEndpoint(SchemaStatusCache status, MigrationReportStore reports) {
		return new AdkMigrationEndpoint(status::get, reports::last);
	}

}
