package io.github.adkmigration.autoconfigure;

import java.util.function.Supplier;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpointWebExtension;
import io.github.adkmigration.autoconfigure.actuate.endpoint.MigrationControl;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
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
	AdkMigrationEndpoint adkMigrationEndpoint(SchemaStatusCache status, AdkMigrator migrator,
			ObjectProvider<PrivilegedMigrator> privileged, MigrationReportStore reports) {
		Supplier<AdkMigrator> writing = () -> privileged.getObject().migrator();
		MigrationControl control = new MigrationControl(() -> writing.get().includingDeferred().migrate(),
				() -> writing.get().pause(), () -> writing.get().resume(), reports::record);
		return new AdkMigrationEndpoint(status::get, new MigratorRunsReader(migrator), reports::last, control);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnClass(EndpointWebExtension.class)
	AdkMigrationEndpointWebExtension adkMigrationEndpointWebExtension(AdkMigrationEndpoint endpoint) {
		return new AdkMigrationEndpointWebExtension(endpoint);
	}

}
