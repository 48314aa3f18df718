package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Unpacked servers and their initialised data directories, kept between runs for each
 * user. Modules that build at the same time do not disturb each other: an entry appears
 * complete or not at all.
 */
final class CacheDirectory {

	private final Path root;

	private CacheDirectory(Path root) {
		this.root = root;
	}

	/**
	 * Open the cache of this user below {@code java.io.tmpdir}.
	 * @throws IllegalStateException if somebody else owns it
	 */
	static CacheDirectory open() throws IOException {
		String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
		Path root = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve("adk-test-" + user);
		try {
			Files.createDirectory(root);
			Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(root) || Files.isSymbolicLink(root) || !Files.isWritable(root)
					|| !Files.getOwner(root).getName().equals(System.getProperty("user.name"))) {
				throw new IllegalStateException("The directory " + root + " belongs to somebody else. "
						+ "Remove it, or set -Djava.io.tmpdir to a directory of your own.", ex);
			}
		}
		return new CacheDirectory(root);
	}

	/**
	 * Return an entry, made first if it is not there.
	 * @param name the name of the entry, with everything that its content depends on
	 * @param content fills a directory that does not exist yet
	 */
	Path entry(String name, Content content) throws IOException {
		Path entry = this.root.resolve(name);
		if (Files.isDirectory(entry)) {
			return entry;
		}
		Path unfinished = this.root.resolve("new-" + UUID.randomUUID().toString().substring(0, 8));
		try {
			content.writeTo(unfinished);
			Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			delete(unfinished);
			if (!Files.isDirectory(entry)) {
				throw ex;
			}
		}
		return entry;
	}

	/**
	 * Create an empty directory for one server. Its path is short, for the sake of Unix
	 * sockets, and open to other users, because a server may run as one.
	 */
	Path newServerDirectory() throws IOException {
		Path directory = Files.createTempDirectory(this.root, "run-");
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		return directory;
	}

	static void delete(Path directory) {
		try {
			if (!Files.exists(directory)) {
				return;
			}
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.deleteIfExists(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path visited,
						java.io.@org.jspecify.annotations.Nullable IOException ex) throws IOException {
					Files.deleteIfExists(visited);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes an entry of the cache.
	 */
	interface Content {

		void writeTo(Path directory) throws IOException;

	}

}
