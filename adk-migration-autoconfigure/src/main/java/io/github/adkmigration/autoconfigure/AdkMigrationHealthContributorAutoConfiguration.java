package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health indicator {@code adkMigration}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AdkMigrationAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("adkmigration")
@ConditionalOnBean(SchemaStatusCache.class)
public final class AdkMigrationHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "adkMigrationHealthContributor")
	AdkMigrationHealthIndicator adkMigrationHealthContributor(SchemaStatusCache status, SchemaGate gate,
			ObjectProvider<MigrationTargets> targets) {
		return new AdkMigrationHealthIndicator(status::get, gate, () -> targets.getObject().states());
	}

}
