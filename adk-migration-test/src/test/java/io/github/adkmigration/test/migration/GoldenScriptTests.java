package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import io.github.adkmigration.OfflineScript;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The scripts that a person reviews stand in the repository, so that a change of the SQL
 * is seen as a change of the SQL. Where one differs, the new text is left below
 * {@code target/scripts}.
 */
class GoldenScriptTests {

	static Stream<Arguments> scripts() {
		return Arrays.stream(DatabaseDialect.values())
			.flatMap((dialect) -> Stream.of("empty", "python-1.14.0", "python-1.22.0")
				.filter((level) -> OfflineScript.levels(dialect).contains(level))
				.map((level) -> Arguments.of(dialect, level)));
	}

	@ParameterizedTest(name = "{1} on {0}")
	@MethodSource("scripts")
	void theScriptIsTheOneThatWasReviewed(DatabaseDialect dialect, String level) throws IOException {
		String text = OfflineScript.of(dialect, level, MigrationSettings.defaults(), UpgradeTarget.head()).text();
		String name = level + "." + dialect.id() + ".sql";
		String reviewed = reviewed(name);
		if (!text.equals(reviewed)) {
			Path written = Path.of("target", "scripts", name);
			Files.createDirectories(written.toAbsolutePath().getParent());
			Files.writeString(written, text);
		}
		assertThat(text).isEqualTo(reviewed);
	}

	@Test
	void anUnknownLayoutIsRefusedWithTheKnownOnes() {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> OfflineScript
			.of(DatabaseDialect.SQLITE, "go-0.4.0", MigrationSettings.defaults(), UpgradeTarget.head()));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
		assertThat(failure).hasMessageContaining("'go-0.4.0'").hasMessageContaining("empty, python-0.1.0");
	}

	private static String reviewed(String name) throws IOException {
		try (InputStream in = GoldenScriptTests.class.getResourceAsStream("/scripts/" + name)) {
			return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
