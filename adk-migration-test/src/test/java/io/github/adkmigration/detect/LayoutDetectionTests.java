package io.github.adkmigration.detect;

import java.sql.SQLException;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.HistoricLayout;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class LayoutDetectionTests {

	static Stream<Arguments> layouts() {
		return TestDatabases.all()
			.stream()
			.flatMap((provider) -> Layouts.of(provider.dialect())
				.stream()
				.map((layout) -> Arguments.of(layout, provider)));
	}

	static Stream<Arguments> heads() {
		return layouts().filter((arguments) -> ((HistoricLayout) arguments.get()[0]).name().equals(HeadSchema.LEVEL));
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("layouts")
	void everyLayoutIsRecognisedAsItself(HistoricLayout layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			layout.create(database);
			DetectedSchema detected = ReadOnlyDetection.detect(database);
			assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class, (known) -> {
				assertThat(known.layout().level()).isEqualTo(layout.name());
				assertThat(known.layout().family()).isEqualTo(family(layout.name()));
				assertThat(known.layout().has(LayoutTrait.NARROW_COLUMNS))
					.isEqualTo(layout.dialect() == DatabaseDialect.MARIADB);
				assertThat(known.evidence()).isNotEmpty();
			});
		}
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("heads")
	void whatTheNewestReleaseCreatesIsHead(HistoricLayout layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			layout.create(database);
			DetectedSchema detected = ReadOnlyDetection.detect(database);
			HeadCheck check = new HeadCheck(database.dialect(), SessionTables.defaults());
			assertThat(check.differences(detected.catalog())).allMatch(HeadDifference::note);
			assertThat(check.differences(detected.catalog()).isEmpty())
				.isEqualTo(layout.dialect() != DatabaseDialect.MARIADB);
		}
	}

	private static LayoutFamily family(String name) {
		if (name.startsWith("python-head")) {
			return LayoutFamily.PYTHON_UNRELEASED;
		}
		if (name.startsWith("python-sqliteservice")) {
			return LayoutFamily.PYTHON_SQLITE_SERVICE;
		}
		if (name.startsWith("python-")) {
			boolean json = name.matches("python-(1\\.2[28]|2\\.10)\\.0");
			return json ? LayoutFamily.PYTHON_V1 : LayoutFamily.PYTHON_V0;
		}
		if (name.startsWith("go-")) {
			return LayoutFamily.GO;
		}
		if (name.startsWith("js-")) {
			return LayoutFamily.JS;
		}
		if (name.startsWith("sqlspec-")) {
			return LayoutFamily.SQLSPEC;
		}
		return switch (name) {
			case "java-pr700" -> LayoutFamily.JAVA_PR700;
			case "java-pr654" -> LayoutFamily.JAVA_PR654;
			default -> LayoutFamily.JAVA_PR647;
		};
	}

}
