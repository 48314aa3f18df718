package io.github.adkmigration.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileLeaseTests {

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void nameFile() {
		this.file = this.directory.resolve("sessions.db.adk-migration.lock");
	}

	@Test
	void whenAnotherThreadAsksThenOtherProcessesAreStillKeptOut() throws Exception {
		try (HeldLock held = lease().acquire()) {
			assertThat(lease().tryAcquire()).isNull();
			assertThat(lease().holder()).isEqualTo("another thread of this process");
			held.assertHeld();
			assertThat(otherProcess()).isEqualTo("refused");
		}
		assertThat(otherProcess()).isEqualTo("obtained");
	}

	@Test
	void whenTheLockIsReleasedThenItCanBeTakenAgain() {
		lease().acquire().close();
		try (HeldLock held = lease().acquire()) {
			held.assertHeld();
		}
	}

	@Test
	void whenTheFileIsALinkThenWhatItMeansStaysAsItIs() throws IOException {
		Path precious = Files.writeString(this.directory.resolve("precious"), "content");
		Files.createSymbolicLink(this.file, precious);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lease().acquire())
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.MISSING_RIGHTS));
		assertThat(precious).hasContent("content");
	}

	private FileLease lease() {
		return new FileLease(this.file, "this", Duration.ofMillis(50), Duration.ofMillis(10));
	}

	private String otherProcess() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), LockHolder.class.getName(), this.file.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isZero();
		return answer;
	}

}
