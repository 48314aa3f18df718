package io.github.adkmigration.autoconfigure.job;

import java.util.Map;

import org.springframework.aot.AotDetector;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.StringUtils;

/**
 * Turns the start of the application into a job when {@code adk.migration.job} has a
 * value. It comes last, when all properties are known, and before logging is set up.
 */
class JobEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String NAME = "adkMigrationJob";

	/** Spring Cloud reads remote properties in a context of its own, which is no job. */
	private static final String BOOTSTRAP = "bootstrap";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		if (StringUtils.hasText(environment.getProperty(AdkMigrationJobProperties.JOB))
				&& !sources.contains(BOOTSTRAP)) {
			// The beans that were chosen when the application was built are those of its
			// ordinary start.
			SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
			// What the application says of itself with the same properties counts less.
			sources.addFirst(new MapPropertySource(NAME,
					Map.of("spring.main.web-application-type", "none", "spring.main.banner-mode", "off",
							"spring.main.log-startup-info", "false", "logging.level." + getClass().getPackageName(),
							"info")));
			application.setApplicationContextFactory(ApplicationContextFactory.of(JobApplicationContext::new));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
