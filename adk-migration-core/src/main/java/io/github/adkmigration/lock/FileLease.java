package io.github.adkmigration.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a SQLite database: an operating system lock on a file beside it. The system
 * frees it when the process dies, however it dies, and ShedLock has no database time on
 * SQLite.
 */
final class FileLease extends PollingLock {

	// To close any channel of a file frees every lock that this process holds on it, so a
	// second thread must not even open it.
	private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final String owner;

	FileLease(Path file, String owner, Duration timeout, Duration pollInterval) {
		super(timeout, pollInterval);
		this.file = file;
		this.owner = owner;
	}

	@Override
	@Nullable HeldLock tryAcquire() {
		if (!HELD_HERE.add(this.file)) {
			return null;
		}
		HeldLock held = null;
		try {
			held = open();
			return held;
		}
		catch (IOException ex) {
			throw new MigrationException(MigrationErrorCode.MISSING_RIGHTS,
					"The lock file " + this.file.getFileName() + " beside the database cannot be written.",
					"Give this process the right to write to the directory of the database.", ex);
		}
		finally {
			if (held == null) {
				HELD_HERE.remove(this.file);
			}
		}
	}

	private @Nullable HeldLock open() throws IOException {
		// A link that somebody put there would have us empty the file that it means.
		FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
		HeldLock held = null;
		try {
			FileLock lock = channel.tryLock();
			if (lock != null) {
				channel.truncate(0);
				channel.write(ByteBuffer.wrap(this.owner.getBytes(StandardCharsets.UTF_8)));
				held = new Held(this.file, lock);
			}
			return held;
		}
		catch (OverlappingFileLockException ex) {
			// The same class of another class loader has it.
			return held;
		}
		finally {
			if (held == null) {
				channel.close();
			}
		}
	}

	@Override
	String holder() {
		if (HELD_HERE.contains(this.file)) {
			return "another thread of this process";
		}
		try {
			return Files.readString(this.file);
		}
		catch (IOException ex) {
			return "another process";
		}
	}

	private static final class Held implements HeldLock {

		private final Path file;

		private final FileLock lock;

		Held(Path file, FileLock lock) {
			this.file = file;
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
			finally {
				HELD_HERE.remove(this.file);
			}
		}

	}

}
