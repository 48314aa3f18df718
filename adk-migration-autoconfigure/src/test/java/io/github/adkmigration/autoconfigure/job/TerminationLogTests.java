package io.github.adkmigration.autoconfigure.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TerminationLogTests {

	@TempDir
	private Path directory;

	@Test
	void theFileOfKubernetesIsTheDefault() {
		assertThat(TerminationLog.of(new MockEnvironment())).hasToString("/dev/termination-log");
	}

	@Test
	void whatWasInTheFileIsReplaced() throws IOException {
		Path file = Files.writeString(this.directory.resolve("log"), "a longer text of an earlier run");
		new TerminationLog(file.toString()).write("done");
		assertThat(file).hasContent("done");
	}

	@Test
	void aLongMessageIsCutBetweenCharacters() throws IOException {
		Path file = this.directory.resolve("log");
		new TerminationLog(file.toString()).write("x" + "\u20ac".repeat(5000));
		assertThat(Files.readAllBytes(file)).hasSizeBetween(TerminationLog.MAX_BYTES - 2, TerminationLog.MAX_BYTES);
		assertThat(Files.readString(file)).matches("x\u20ac+");
	}

	@Test
	void whereNoFileCanBeMadeNothingHappens() {
		Path file = this.directory.resolve("no/such/directory/log");
		assertThatNoException().isThrownBy(() -> new TerminationLog(file.toString()).write("done"));
		assertThat(file).doesNotExist();
	}

	@Test
	void aFileThatCannotBeWrittenIsNoFailure() {
		assertThatNoException().isThrownBy(() -> new TerminationLog(this.directory.toString()).write("done"));
	}

	@Test
	void anEmptyNameTurnsItOff() {
		assertThatNoException().isThrownBy(() -> new TerminationLog(" ").write("done"));
	}

}
