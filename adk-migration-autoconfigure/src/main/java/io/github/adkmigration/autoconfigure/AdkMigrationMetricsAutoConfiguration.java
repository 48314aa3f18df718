package io.github.adkmigration.autoconfigure;

import java.time.Clock;

import io.github.adkmigration.autoconfigure.metrics.RunMetrics;
import io.github.adkmigration.autoconfigure.metrics.SchemaMetrics;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters {@code adk.migration.*}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AdkMigrationAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, SchemaStatusCache.class })
public final class AdkMigrationMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RunMetrics adkMigrationRunMetrics() {
		return new RunMetrics();
	}

	@Bean
	@ConditionalOnMissingBean
	SchemaMetrics adkMigrationSchemaMetrics(ObjectProvider<SchemaStatusCache> status,
			ObjectProvider<MigrationTargets> targets) {
		return new SchemaMetrics(() -> status.getObject().get(), Clock.systemUTC(), () -> targets.getObject().states());
	}

}
