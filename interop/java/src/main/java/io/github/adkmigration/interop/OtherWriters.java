package io.github.adkmigration.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;

/**
 * The databases that adk-go, adk-js and SQLSpec wrote, or touched.
 */
final class OtherWriters {

	private OtherWriters() {
	}

	/**
	 * Return each database with what its writer reads back from it.
	 */
	static List<Map<String, String>> fixtures() {
		List<Map<String, String>> described = new ArrayList<>();
		Stream.concat(Fixtures.otherLanguages().stream(), Fixtures.touched().stream())
			.forEach((fixture) -> described.add(Map.of("name", fixture.name(), "database",
					fixture.dialect().name().toLowerCase(Locale.ROOT), "release", fixture.release(), "zone",
					fixture.zone().getId(), "readback", fixture.readback().toString())));
		return described;
	}

	/**
	 * Restore one.
	 * @param name of the fixture
	 * @param jdbcUrl an empty database
	 * @param databases those of servers that are open
	 */
	static boolean load(String name, String jdbcUrl, List<TestDatabase> databases) throws IOException {
		Fixture fixture = Fixtures.named(name);
		if (fixture.dialect() == DatabaseDialect.SQLITE) {
			Files.write(Path.of(jdbcUrl.substring("jdbc:sqlite:".length())), fixture.content());
		}
		else {
			fixture.load(databases.stream()
				.filter((database) -> database.jdbcUrl().equals(jdbcUrl))
				.findFirst()
				.orElseThrow());
		}
		return true;
	}

}
