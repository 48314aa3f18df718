package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationRuntimeHintsTests {

	private static final String ROOT = "io/github/adkmigration/";

	@Test
	void everyFileThatTheLibraryReadsByNameGoesIntoANativeImage() throws IOException {
		RuntimeHints hints = new RuntimeHints();
		new AdkMigrationRuntimeHints().registerHints(hints, getClass().getClassLoader());
		List<String> files = files();
		assertThat(files).contains(ROOT + "changelog/sqlite.sql");
		assertThat(files)
			.allSatisfy((file) -> assertThat(RuntimeHintsPredicates.resource().forResource(file)).accepts(hints));
	}

	@Test
	void theViewsOfAConnectionThroughWhichARunWritesGoIntoANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new AdkMigrationRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(PreparedStatement.class)).accepts(hints);
	}

	private static List<String> files() throws IOException {
		List<String> files = new ArrayList<>();
		for (Resource resource : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:" + ROOT + "**/*.*")) {
			String url = resource.getURL().toString();
			if ((url.contains("adk-migration-core") || url.contains("adk-session-jdbc"))
					&& !url.contains("test-classes") && !url.endsWith(".class")) {
				files.add(url.substring(url.lastIndexOf(ROOT)));
			}
		}
		return files;
	}

}
