package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The version of the application that is recorded with each run.
 */
final class ApplicationVersion {

	private ApplicationVersion() {
	}

	/**
	 * Choose what the operator says, else what the build wrote, else what Spring Boot
	 * takes from the manifest.
	 * @param properties may name a version
	 * @param build contents of {@code META-INF/build-info.properties}, or {@code null}
	 * @param environment may hold {@code spring.application.version}
	 * @return the version, or {@code null} if nobody says
	 */
	static @Nullable String of(AdkMigrationProperties properties, @Nullable BuildProperties build,
			Environment environment) {
		String configured = properties.getApplicationVersion();
		if (StringUtils.hasText(configured)) {
			return configured;
		}
		String built = (build != null) ? build.getVersion() : null;
		return StringUtils.hasText(built) ? built : environment.getProperty("spring.application.version");
	}

}
