package io.github.adkmigration.autoconfigure;

import com.google.adk.sessions.BaseSessionService;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.session.jdbc.JdbcSessionService;
import io.github.adkmigration.settings.MigrationSettings;

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

	@Bean
	@ConditionalOnMissingBean(BaseSessionService.class)
	JdbcSessionService sessionService(SessionDataSource sessionDataSource, MigrationSettings settings,
			SchemaGate gate) {
		return JdbcSessionService.builder(sessionDataSource.dataSource())
			.tables(settings.tables())
			.gate(gate::pass)
			.build();
	}

}
