package io.github.adkmigration.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The jar of a release to come: the one of this build, with the core compiled anew from
 * its own sources after {@link NextRevisions} were added to them. So the two differ as
 * two releases do, and neither knows of the test.
 */
final class NewerJar {

	static final String VERSION = "99.0.0";

	private static final Path CORE = Path.of(System.getProperty("adk.test.core"));

	private static final Path ORDINARY = Path.of(System.getProperty("adk.test.jar"));

	private NewerJar() {
	}

	/**
	 * Build it beside the ordinary one.
	 * @param work an empty directory for what lies between
	 * @return the jar
	 */
	static Path build(Path work) throws IOException {
		Path classes = Files.createDirectories(work.resolve("classes"));
		compile(sources(work.resolve("sources")), classes);
		Path jar = ORDINARY.resolveSibling("adk-migrate-newer.jar");
		Files.copy(ORDINARY, jar, StandardCopyOption.REPLACE_EXISTING);
		try (FileSystem content = FileSystems.newFileSystem(jar, Map.of())) {
			Path root = content.getPath("/");
			for (Path file : files(classes)) {
				Files.copy(file, root.resolve(classes.relativize(file).toString()),
						StandardCopyOption.REPLACE_EXISTING);
			}
			for (String dialect : NextRevisions.DIALECTS) {
				Files.writeString(root.resolve("io/github/adkmigration/changelog/" + dialect + ".sql"),
						NextRevisions.changesets(dialect), StandardOpenOption.APPEND);
			}
			renumber(root.resolve("META-INF/MANIFEST.MF"));
		}
		return jar;
	}

	/** All of them, since constants of one stand in the classes of the others. */
	private static List<Path> sources(Path target) throws IOException {
		Path main = CORE.resolve("java");
		NextRevisions next = new NextRevisions();
		List<Path> sources = new ArrayList<>();
		for (Path file : files(main)) {
			Path relative = main.relativize(file);
			Path source = target.resolve(relative.toString());
			Files.createDirectories(source.resolveSibling(""));
			Files.writeString(source, next.apply(file.getFileName().toString(), Files.readString(file)));
			sources.add(source);
		}
		next.assertApplied();
		return sources;
	}

	private static void compile(List<Path> sources, Path classes) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
			boolean compiled = compiler
				.getTask(messages, files, null,
						List.of("-proc:none", "-nowarn", "-parameters", "--release", "17", "-XDstringConcat=inline",
								"-classpath", ORDINARY.toString(), "-d", classes.toString()),
						null, files.getJavaFileObjectsFromPaths(sources))
				.call();
			if (!compiled) {
				throw new IllegalStateException("The newer release does not compile:\n" + messages);
			}
		}
	}

	private static void renumber(Path file) throws IOException {
		Manifest manifest = new Manifest();
		try (InputStream in = Files.newInputStream(file)) {
			manifest.read(in);
		}
		manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
		try (OutputStream out = Files.newOutputStream(file)) {
			manifest.write(out);
		}
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
