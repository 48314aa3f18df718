package io.github.adkmigration.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

class FixtureDetectionTests {

	@FixtureTest(name = "(?!.*(automigrated)).*")
	void everyRealDatabaseHasItsFamilyAndLevel(Fixture fixture, TestDatabase database) throws SQLException {
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class, (known) -> {
			assertThat(known.layout().family()).isEqualTo(fixture.family());
			assertThat(known.layout().level()).isEqualTo(level(fixture));
			assertThat(known.layout().traits()).isEqualTo(traits(fixture));
			assertThat(known.schemaVersion().isPresent()).isEqualTo(hasVersion(fixture));
		});
	}

	@FixtureTest(name = ".*automigrated.*")
	void whatGoAltersOnAnothersJsonTablesIsHybrid(Fixture fixture, TestDatabase database) throws SQLException {
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		boolean goWrote = fixture.name().startsWith("python-");
		Set<LayoutTrait> traits = goWrote ? Set.of(LayoutTrait.TOUCHED_BY_GO, LayoutTrait.HEAD_INDEX)
				: Set.of(LayoutTrait.TOUCHED_BY_GO, LayoutTrait.TOUCHED_BY_JS);
		assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class,
				(known) -> assertThat(known.layout()).isEqualTo(new Layout(LayoutFamily.HYBRID, "hybrid", traits)));
		assertThat(detected.evidence()).anyMatch((sentence) -> sentence.contains("with event_data"));
		assertThat(detected.evidence().stream().anyMatch((sentence) -> sentence.contains("with JSON actions")))
			.isEqualTo(goWrote);
	}

	@FixtureTest(dialects = DatabaseDialect.SQLITE)
	void theFileStaysAsItIs(Fixture fixture, TestDatabase database) throws SQLException, IOException {
		ReadOnlyDetection.detect(database);
		assertThat(Files.readAllBytes(database.file().orElseThrow())).isEqualTo(fixture.content());
	}

	private static String level(Fixture fixture) {
		String name = fixture.name();
		if (name.startsWith("mixed-v0-") || name.startsWith("python-1.21.0-")) {
			return "python-1.19.0";
		}
		if (name.startsWith("mixed-v1-")) {
			return "python-2.10.0";
		}
		if (name.equals("go-0.1.0-then-2.2.0.sqlite")) {
			return "go-2.0.0";
		}
		if (name.equals("python-2.13.0-opened-by-js-2.0.0.sqlite")) {
			// adk-js dropped the index.
			return "python-1.22.0";
		}
		return switch (fixture.family()) {
			case PYTHON_V0 -> pythonV0Level(fixture);
			case PYTHON_V1 -> switch (fixture.release()) {
				case "1.22.1", "1.27.5" -> "python-1.22.0";
				case "2.5.0", "2.9.2" -> "python-1.28.0";
				default -> "python-2.10.0";
			};
			case PYTHON_SQLITE_SERVICE -> "python-sqliteservice-1.19.0";
			case GO -> switch (fixture.release()) {
				case "0.1.0" -> "go-0.1.0";
				case "2.2.0" -> "go-2.0.0";
				default -> "go-0.4.0";
			};
			case JS -> (fixture.dialect() == DatabaseDialect.SQLITE || fixture.release().equals("1.2.0")) ? "js-0.4.0"
					: "js-1.3.0";
			default -> "sqlspec-" + fixture.release();
		};
	}

	private static String pythonV0Level(Fixture fixture) {
		boolean mysql = fixture.dialect() == DatabaseDialect.MYSQL;
		return switch (fixture.release()) {
			case "0.1.0", "0.2.0", "0.3.0" -> "python-" + fixture.release();
			case "0.4.0", "1.0.0" -> "python-0.4.0";
			case "1.2.1", "1.10.0" -> mysql ? "python-1.2.0" : "python-0.4.0";
			case "1.13.0" -> mysql ? "python-1.11.0" : "python-0.4.0";
			case "1.14.1", "1.15.0", "1.16.0" -> "python-1.14.0";
			case "1.18.0" -> "python-1.17.0";
			default -> "python-1.19.0";
		};
	}

	private static Set<LayoutTrait> traits(Fixture fixture) {
		String name = fixture.name().substring(0, fixture.name().lastIndexOf('.'));
		return switch (name) {
			case "mixed-v0-1.21.0-then-2.13.0", "python-2.13.0" -> Set.of(LayoutTrait.HEAD_INDEX);
			case "mixed-v1-2.5.0-then-2.13.0" -> Set.of(LayoutTrait.HEAD_INDEX, LayoutTrait.SUPERSEDED_INDEX);
			case "python-2.5.0", "python-2.9.2" -> Set.of(LayoutTrait.SUPERSEDED_INDEX);
			case "go-1.6.0-opened-by-python-2.13.0", "js-2.0.0-opened-by-python-2.13.0" ->
				Set.of(LayoutTrait.HEAD_INDEX, LayoutTrait.TOUCHED_BY_PYTHON);
			case "python-1.21.0-opened-by-js-2.0.0", "python-2.13.0-opened-by-js-2.0.0" ->
				Set.of(LayoutTrait.TOUCHED_BY_JS);
			case "python-1.21.0-written-by-go-1.6.0" ->
				Set.of(LayoutTrait.TOUCHED_BY_GO, LayoutTrait.MIXED_PAYLOADS, LayoutTrait.MIXED_TIMES);
			case "python-sqliteservice-2.5.0-then-database" ->
				Set.of(LayoutTrait.SUPERSEDED_INDEX, LayoutTrait.TOUCHED_BY_PYTHON, LayoutTrait.MIXED_TIMES);
			case "python-sqliteservice-2.13.0-then-database" ->
				Set.of(LayoutTrait.HEAD_INDEX, LayoutTrait.TOUCHED_BY_PYTHON, LayoutTrait.MIXED_TIMES);
			default -> Set.of();
		};
	}

	private static boolean hasVersion(Fixture fixture) {
		return List.of(LayoutFamily.PYTHON_V1, LayoutFamily.JS).contains(fixture.family())
				|| fixture.name().startsWith("python-1.21.0-opened-by-js")
				|| fixture.name().endsWith("-then-database.sqlite");
	}

}
