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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a SQLite database: an operating system lock on a file beside it. The system
 * frees it when the process dies, however it dies, and ShedLock has no database time on
 * SQLite.
 */
final class SqliteFileLock implements LockKind {

	// To close any channel of a file frees every lock that this process holds on it, so a
	// second thread must not even open it.
	private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

	private final Path file;

	private final String instance;

	SqliteFileLock(Path file, String instance) {
		this.file = file;
		this.instance = instance;
	}

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		if (!HELD_HERE.add(this.file)) {
			return Optional.empty();
		}
		Held held = null;
		try {
			held = open();
			return Optional.ofNullable(held);
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

	private @Nullable Held open() throws IOException {
		// A link that somebody put there would have us empty the file that it means.
		FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
		Held held = null;
		try {
			Object key = key(this.file);
			FileLock lock = channel.tryLock();
			// Between opening and locking somebody may have put another file there.
			if (lock != null && Objects.equals(key, key(this.file))) {
				channel.truncate(0);
				channel
					.write(ByteBuffer.wrap((this.instance + " since " + Instant.now().truncatedTo(ChronoUnit.SECONDS))
						.getBytes(StandardCharsets.UTF_8)));
				held = new Held(this.file, lock, key);
			}
			return held;
		}
		catch (OverlappingFileLockException | NoSuchFileException ex) {
			// The same class of another class loader has it, or the file has gone again.
			return held;
		}
		finally {
			if (held == null) {
				channel.close();
			}
		}
	}

	/** What tells this file from another of its name, {@code null} where nothing does. */
	private static @Nullable Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
	}

	@Override
	public Holder holder() {
		if (HELD_HERE.contains(this.file)) {
			return new Holder("another thread of this process", "");
		}
		try {
			return new Holder(Files.readString(this.file), "If that process hangs, end it.");
		}
		catch (IOException ex) {
			return Holder.UNKNOWN;
		}
	}

	private static final class Held implements ProvenLock {

		private final Path file;

		private final FileLock lock;

		private final @Nullable Object key;

		Held(Path file, FileLock lock, @Nullable Object key) {
			this.file = file;
			this.lock = lock;
			this.key = key;
		}

		@Override
		public void assertHeld() {
			if (!this.lock.isValid()) {
				throw ProvenLock.lost("was released", null);
			}
			try {
				if (!Objects.equals(this.key, key(this.file))) {
					throw ProvenLock.lost("is on a file in whose place somebody has put another", null);
				}
			}
			catch (IOException ex) {
				throw ProvenLock.lost("is on a file that somebody has deleted", ex);
			}
		}

		@Override
		public void unlock() {
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
