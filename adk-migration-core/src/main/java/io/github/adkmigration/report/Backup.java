package io.github.adkmigration.report;

import java.util.Locale;

/**
 * A copy of a database file that was made before the first change.
 *
 * @param file name of the copy, which stands beside the database
 * @param bytes its size, bytes
 * @since 0.1.0
 */
public record Backup(String file, long bytes) {

	private static final double KILOBYTE = 1000.0;

	private static final double MEGABYTE = 1_000_000.0;

	@Override
	public String toString() {
		return this.bytes < MEGABYTE ? String.format(Locale.ROOT, "%s (%.0f kB)", this.file, this.bytes / KILOBYTE)
				: String.format(Locale.ROOT, "%s (%.1f MB)", this.file, this.bytes / MEGABYTE);
	}

}
