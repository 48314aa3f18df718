package io.github.adkmigration.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqliteFileLockTests {

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void nameFile() {
		this.file = this.directory.resolve("sessions.db.adk-migration.lock");
	}

	@Test
	void whenAnotherThreadAsksThenOtherProcessesAreStillKeptOut() throws Exception {
		try (HeldLock held = lock().acquire(() -> "")) {
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lock().acquire(() -> "it works on"))
				.withMessageContaining("was held by another thread of this process for longer than 0 s; it works on.");
			held.assertHeld();
			assertThat(otherProcess()).isEqualTo("refused");
		}
		assertThat(otherProcess()).isEqualTo("obtained");
	}

	@Test
	void whenTheLockIsReleasedThenItCanBeTakenAgain() {
		lock().acquire(() -> "").close();
		try (HeldLock held = lock().acquire(() -> "")) {
			held.assertHeld();
		}
	}

	@Test
	void whenTheFileIsALinkThenWhatItMeansStaysAsItIs() throws IOException {
		Path precious = Files.writeString(this.directory.resolve("precious"), "content");
		Files.createSymbolicLink(this.file, precious);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lock().acquire(() -> ""))
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.MISSING_RIGHTS));
		assertThat(precious).hasContent("content");
	}

	@Test
	void whenTheFileIsDeletedWhileItIsHeldThenTheLockIsLost() throws IOException {
		try (HeldLock held = lock().acquire(() -> "")) {
			held.assertHeld();
			Files.delete(this.file);
			lostOn(held);
		}
	}

	@Test
	void whenAnotherFileTakesItsPlaceThenTheLockIsLost() throws IOException {
		try (HeldLock held = lock().acquire(() -> "")) {
			held.assertHeld();
			Files.move(this.file, this.directory.resolve("moved"));
			Files.createFile(this.file);
			lostOn(held);
		}
	}

	private static void lostOn(HeldLock held) {
		assertThatExceptionOfType(MigrationException.class).isThrownBy(held::assertHeld)
			.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_LOST));
	}

	private PollingLock lock() {
		return LockHolder.lock(this.file, "this");
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
