package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.util.function.Function;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.job.MigrationJob;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.PreflightDepth;
import io.github.adkmigration.settings.UpgradeTarget;
import net.javacrumbs.shedlock.core.LockProvider;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the migration of ADK's session tables. Publishes nothing that
 * makes Spring Boot's own auto-configuration back off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class,
		afterName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
				"org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration" })
@ConditionalOnClass(AdkMigrator.class)
@ConditionalOnBean(DataSource.class)
@ConditionalOnBooleanProperty(name = "adk.migration.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ AdkProperties.class, AdkMigrationProperties.class })
@Import(DatabaseInitializationDependencyConfigurer.class)
@ImportRuntimeHints(AdkMigrationRuntimeHints.class)
public final class AdkMigrationAutoConfiguration {

	@Bean
	Migrators migrators(AdkMigrationProperties properties, @AdkSessionDataSource ObjectProvider<DataSource> qualified,
			ObjectProvider<DataSource> any, ObjectProvider<MigrationSettings> settings,
			ObjectProvider<AdkMigrator> migrator, ObjectProvider<BuildProperties> build,
			@AdkMigrationLockProvider ObjectProvider<LockProvider> lockProvider,
			ConfigurableListableBeanFactory beanFactory, ApplicationContext context) {
		DataSource dataSource = SessionDataSource.choose(qualified, any, beanFactory);
		MigrationSettings wishes = beanFactory.containsBean(Migrators.SETTINGS)
				? properties
					.toSettings(ApplicationVersion.of(properties, build.getIfAvailable(), context.getEnvironment()))
				: settings.getObject();
		MigratorFactory factory = new MigratorFactory(wishes, new QualifiedLockProvider(lockProvider, beanFactory),
				new MigrationListeners(context));
		// A migrator of the application may ask for our settings, which come from here.
		return new Migrators(dataSource, factory, properties,
				beanFactory.containsBean(Migrators.MIGRATOR) ? null : migrator::getObject);
	}

	@Bean(Migrators.SETTINGS)
	@Lazy
	@ConditionalOnMissingBean
	MigrationSettings migrationSettings(Migrators migrators) {
		return migrators.settings();
	}

	@Bean(Migrators.MIGRATOR)
	@Lazy
	@ConditionalOnMissingBean
	AdkMigrator adkMigrator(Migrators migrators) {
		return migrators.migrator();
	}

	@Bean(MigrationJob.BEAN_NAME)
	@Lazy
	@ConditionalOnProperty("adk.migration.job")
	MigrationJob migrationJob(Migrators migrators, MigrationTargets targets) {
		return new MigrationJob(migrators.privileged(), targets.privileged(), !targets.decisive());
	}

	@Bean
	@Lazy
	MigrationTargets migrationTargets(AdkMigrationProperties properties, Migrators migrators,
			ListableBeanFactory beanFactory) {
		return properties.getTargets().isEmpty() ? MigrationTargets.NONE
				: new TargetFactory(properties, migrators.factory(), migrators.dataSource(), beanFactory).create();
	}

	@Bean
	MigrationReportStore migrationReportStore() {
		return new MigrationReportStore();
	}

	@Bean
	@Lazy
	SchemaStatusCache schemaStatusCache(Migrators migrators, AdkMigrationProperties properties) {
		return new SchemaStatusCache(migrators.migrator()::status, properties.getStatusMaxAge(), Clock.systemUTC());
	}

	@Bean
	SchemaGate schemaGate() {
		return new SchemaGate();
	}

	@Bean
	static GatedAvailabilityPostProcessor gatedAvailabilityPostProcessor(ObjectProvider<SchemaGate> gate) {
		return new GatedAvailabilityPostProcessor(gate);
	}

	@Bean
	SessionMigrationInitializer sessionMigrationInitializer(AdkProperties switches, AdkMigrationProperties properties,
			Migrators migrators, MigrationReportStore reports, SchemaGate gate, ObjectProvider<SchemaStatusCache> cache,
			ObjectProvider<MigrationTargets> targets, ConfigurableApplicationContext context) {
		MigrationSettings settings = migrators.settings();
		MigrationTargets others = properties.getTargets().isEmpty() ? MigrationTargets.NONE : targets.getObject();
		if (switches.migratesAtStart()) {
			StartupMigration first = new StartupMigration(migrators.privileged(), reports);
			return others.all().isEmpty() ? new SessionMigrationInitializer(first, null) : initializer(first, others,
					(target) -> new StartupMigration(target.privileged().get(), target.reports()), settings);
		}
		AdkMigrator migrator = migrators.migrator();
		Refusal refusal = others.refusal(migrator::plan);
		SchemaGateCloser closer = new SchemaGateCloser(gate, context, (waiting) -> new SchemaGateWatch(waiting,
				others.look(migrator::status), refusal, settings.pollInterval(), Clock.systemUTC()), cache);
		return initializer(policy(migrator, properties, properties.getOnPending(), closer), others,
				(target) -> policy(target.migrator(), properties, others.onPending(properties.getOnPending()), closer),
				settings);
	}

	private static PendingChangesPolicy policy(AdkMigrator migrator, AdkMigrationProperties properties,
			OnPending onPending, SchemaGateCloser closer) {
		return new PendingChangesPolicy(migrator::status,
				() -> migrator.preflight(UpgradeTarget.head(), PreflightDepth.QUICK), new Refusal(migrator::plan),
				onPending, closer, properties.pendingLimit());
	}

	private static SessionMigrationInitializer initializer(Runnable first, MigrationTargets others,
			Function<MigrationTarget, Runnable> starts, MigrationSettings settings) {
		if (others.all().isEmpty()) {
			return new SessionMigrationInitializer(first, null);
		}
		TargetRetry retry = new TargetRetry(settings.pollInterval());
		return new SessionMigrationInitializer(new TargetStarts(first, others, starts, retry), retry::end);
	}

	@Bean
	static LazyInitializationExcludeFilter eagerSessionMigrationInitializer() {
		return LazyInitializationExcludeFilter.forBeanTypes(SessionMigrationInitializer.class);
	}

}
