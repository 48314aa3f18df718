package io.github.adkmigration.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a SQLite database: an operating system lock on a file beside it. The system
 * frees it when the process dies, however it dies, and ShedLock has no database time on
 * SQLite.
 */
final class FileLease extends PollingLock {

	private final Path file;

	private final String owner;

	FileLease(Path file, String owner, Duration timeout, Duration pollInterval) {
		super(timeout, pollInterval);
		this.file = file;
		this.owner = owner;
	}

	@Override
	@Nullable HeldLock tryAcquire() {
		try {
			FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					StandardOpenOption.READ);
			FileLock lock = tryLock(channel);
			if (lock == null) {
				channel.close();
				return null;
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(this.owner.getBytes(StandardCharsets.UTF_8)));
			return new Held(lock);
		}
		catch (IOException ex) {
			throw new MigrationException(MigrationErrorCode.MISSING_RIGHTS,
					"The lock file " + this.file.getFileName() + " beside the database cannot be written.",
					"Give this process the right to write to the directory of the database.", ex);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	@Override
	String holder() {
		try {
			return Files.readString(this.file);
		}
		catch (IOException ex) {
			return "another process";
		}
	}

	private static final class Held implements HeldLock {

		private final FileLock lock;

		Held(FileLock lock) {
			this.lock = lock;
		}

		@Override
		public void assertHeld() {
			if (!this.lock.isValid()) {
				throw new MigrationException(MigrationErrorCode.LOCK_LOST, "The lock file was released.",
						"Start the migration again; it goes on where it stopped.");
			}
		}

		@Override
		public String kind() {
			return "file lock";
		}

		@Override
		public void close() {
			try {
				// The file stays: whoever deletes it while another process opens it would
				// let two in.
				this.lock.acquiredBy().close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
