package io.github.adkmigration.test.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks the servers' archives.
 */
final class TapeArchive {

	private static final int ANY_EXECUTE = 0b001_001_001;

	private TapeArchive() {
	}

	/**
	 * Unpack an uncompressed tape archive. Links that would point nowhere are left out.
	 */
	static void unpack(InputStream archive, Path directory) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive))) {
			TarArchiveEntry entry = tar.getNextEntry();
			while (entry != null) {
				Path path = directory.resolve(entry.getName()).normalize();
				if (!path.startsWith(directory)) {
					throw new IOException("The archive entry " + entry.getName() + " leads outside of the directory.");
				}
				if (entry.isDirectory()) {
					Files.createDirectories(path);
				}
				else {
					Files.createDirectories(path.getParent());
					unpack(entry, tar, path);
				}
				entry = tar.getNextEntry();
			}
		}
	}

	private static void unpack(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
		}
		else if (entry.isFile()) {
			Files.copy(content, path);
			if ((entry.getMode() & ANY_EXECUTE) != 0) {
				path.toFile().setExecutable(true, false);
			}
		}
	}

}
