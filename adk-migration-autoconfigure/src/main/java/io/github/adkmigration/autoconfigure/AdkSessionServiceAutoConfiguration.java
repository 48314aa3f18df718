package io.github.adkmigration.autoconfigure;

import java.time.ZoneId;

import com.google.adk.sessions.BaseSessionService;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.session.jdbc.JdbcSessionService;
import io.github.adkmigration.session.jdbc.SessionOwner;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.TimestampColumn;
import io.reactivex.rxjava3.core.Scheduler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of durable sessions for adk-java, unless the application has a
 * session service of its own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AdkMigrationAutoConfiguration.class)
@ConditionalOnClass({ BaseSessionService.class, JdbcSessionService.class })
@ConditionalOnBean(SessionMigrationInitializer.class)
public final class AdkSessionServiceAutoConfiguration {

	/**
	 * Name of a bean of type {@link Scheduler} on whose threads the session service waits
	 * for the database. Other schedulers of an application are not used.
	 */
	public static final String SCHEDULER = "adkSessionScheduler";

	@Bean
	@ConditionalOnMissingBean(BaseSessionService.class)
	JdbcSessionService sessionService(Migrators migrators, SchemaGate gate, ObjectProvider<SessionOwner> owner,
			@Qualifier(SCHEDULER) ObjectProvider<Scheduler> scheduler) {
		MigrationSettings settings = migrators.settings();
		JdbcSessionService.Builder builder = JdbcSessionService.builder(migrators.dataSource())
			.tables(settings.tables())
			.gate(gate::pass);
		OwnerColumn column = settings.ownerColumn();
		if (column != null) {
			builder.owner(column, owner.getIfAvailable(() -> (session) -> null));
		}
		if (settings.timestampColumn() == TimestampColumn.LOCAL) {
			builder.eventZone(zone(settings.legacyClock()));
		}
		Scheduler threads = scheduler.getIfAvailable();
		return ((threads != null) ? builder.scheduler(threads) : builder).build();
	}

	private static ZoneId zone(LegacyClock clock) {
		if (clock.timeZone() == null) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration.timestamp-column is 'local', and nothing says which zone is meant.",
					"Set adk.migration.legacy.time-zone to the zone of the Python processes.");
		}
		return clock.timeZone();
	}

}
