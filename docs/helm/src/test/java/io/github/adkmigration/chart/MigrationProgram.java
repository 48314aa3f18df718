package io.github.adkmigration.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What is in an image that migrates. The jar stands for the entry point of the image.
 */
enum MigrationProgram {

	/** The application's own image. */
	APPLICATION("sample-app/target", "sample-app-[0-9.]+(-SNAPSHOT)?\\.jar"),

	/** The image of the command line. */
	ADK_MIGRATE("adk-migration-cli/target", "adk-migrate\\.jar");

	private final Path directory;

	private final String name;

	MigrationProgram(String directory, String name) {
		this.directory = Path.of("..", "..").resolve(directory);
		this.name = name;
	}

	/**
	 * Return the jar that the build has made.
	 * @return an executable jar, or empty if there is none yet
	 */
	Optional<Path> jar() {
		if (!Files.isDirectory(this.directory)) {
			return Optional.empty();
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().matches(this.name))
				.filter(MigrationProgram::executable)
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean executable(Path file) {
		try (JarFile jar = new JarFile(file.toFile())) {
			return jar.getManifest().getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what the chart has to know of the image.
	 * @return values of {@code migration}
	 */
	Map<String, Object> migrationValues() {
		return this == APPLICATION ? Map.of()
				: Map.of("image", Map.of("repository", "registry.example.org/team/adk-migrate", "tag", "0.1.0"));
	}

	/**
	 * Run a container as the kubelet would, but for its image.
	 * @param container the container
	 * @param secrets gives the value of a key of a secret
	 * @param directory where output and termination message go
	 * @return the exit code
	 */
	int run(Container container, BiFunction<String, String, String> secrets, Path directory)
			throws IOException, InterruptedException {
		return run(container.words("args"), container.environment(secrets), directory);
	}

	/**
	 * Run the program.
	 * @param arguments its arguments
	 * @param environment all of its environment
	 * @param directory its working directory, and where output and termination message go
	 * @return the exit code
	 */
	int run(List<String> arguments, Map<String, String> environment, Path directory)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-jar", jar().orElseThrow().toAbsolutePath().toString()));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output").toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		builder.environment().put("ADK_MIGRATION_TERMINATION_LOG", directory.resolve("termination-log").toString());
		return builder.start().waitFor();
	}

}
