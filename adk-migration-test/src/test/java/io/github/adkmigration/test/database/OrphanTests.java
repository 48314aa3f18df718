package io.github.adkmigration.test.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

class OrphanTests {

	static Stream<DatabaseProvider> servers() {
		return TestDatabases.all().stream().filter((provider) -> provider.capabilities().contains(Capability.SERVER));
	}

	@ParameterizedTest
	@MethodSource("servers")
	void killingTheJvmLeavesNeitherProcessNorDirectory(DatabaseProvider server, @TempDir Path directory)
			throws Exception {
		Optional<String> reason = server.unavailableReason();
		assumeThat(reason).isEmpty();
		String archives = Path.of(System.getProperty(PostgresArchive.DIRECTORY_PROPERTY, "target/database-archives"))
			.toAbsolutePath()
			.toString();
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "-D" + PostgresArchive.DIRECTORY_PROPERTY + "=" + archives,
				ServerStarter.class.getName(), server.name())
			.redirectError(directory.resolve("error.log").toFile())
			.start();
		BufferedReader output = jvm.inputReader();
		String started = output.readLine();
		assertThat(started).as(Files.readString(directory.resolve("error.log"))).isEqualTo("started");
		List<ProcessHandle> processes = jvm.toHandle().descendants().toList();
		assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
		Path serverDirectory = serverDirectory(processes);
		assertThat(serverDirectory).isDirectory();

		jvm.destroyForcibly().waitFor();

		await().atMost(Duration.ofSeconds(20)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
		await().atMost(Duration.ofSeconds(20)).until(() -> Files.notExists(serverDirectory));
	}

	private static Path serverDirectory(List<ProcessHandle> processes) throws IOException {
		for (ProcessHandle process : processes) {
			String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
			List<String> arguments = List.of(commandLine.split("\0"));
			int watchdog = arguments.indexOf("adk-test-server");
			if (watchdog > 0) {
				return Path.of(arguments.get(watchdog + 2));
			}
		}
		throw new IllegalStateException("No watchdog among " + processes);
	}

	/**
	 * Starts a server and waits to be killed.
	 */
	static final class ServerStarter {

		private ServerStarter() {
		}

		public static void main(String[] arguments) throws Exception {
			TestDatabases.named(arguments[0]).newDatabase();
			System.out.println("started");
			Thread.sleep(Duration.ofMinutes(5).toMillis());
		}

	}

}
