package io.github.adkmigration.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpointWebExtension;
import io.github.adkmigration.autoconfigure.actuate.endpoint.EndpointTarget;
import io.github.adkmigration.autoconfigure.actuate.endpoint.MigrationControl;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;
import io.github.adkmigration.autoconfigure.status.TargetState;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

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
	AdkMigrationEndpoint adkMigrationEndpoint(SchemaStatusCache status, Migrators migrators,
			MigrationReportStore reports, ObjectProvider<MigrationTargets> targets) {
		EndpointTarget first = new EndpointTarget(status::get, new MigratorRunsReader(migrators.migrator()),
				reports::last, Optional::empty, control(migrators::privileged, reports));
		return new AdkMigrationEndpoint(first, SingletonSupplier.of(() -> further(targets.getObject())));
	}

	private static Map<String, EndpointTarget> further(MigrationTargets targets) {
		Map<String, EndpointTarget> further = new LinkedHashMap<>();
		for (MigrationTarget target : targets.all()) {
			TargetState state = target.state();
			MigrationReportStore reports = target.reports();
			further.put(target.name(), new EndpointTarget(state::status, new MigratorRunsReader(target.migrator()),
					reports::last, state::failure, control(target.privileged(), reports)));
		}
		return further;
	}

	private static MigrationControl control(Supplier<AdkMigrator> writing, MigrationReportStore reports) {
		return new MigrationControl(() -> writing.get().includingDeferred().migrate(), () -> writing.get().pause(),
				() -> writing.get().resume(), reports::record);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnClass(EndpointWebExtension.class)
	AdkMigrationEndpointWebExtension adkMigrationEndpointWebExtension(AdkMigrationEndpoint endpoint) {
		return new AdkMigrationEndpointWebExtension(endpoint);
	}

}
