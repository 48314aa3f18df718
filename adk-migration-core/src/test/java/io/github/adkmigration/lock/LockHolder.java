package io.github.adkmigration.lock;

import java.nio.file.Path;
import java.time.Duration;

import io.github.adkmigration.lock.MigrationLock.HeldLock;

/**
 * Another process: says whether it gets the lock of a file.
 */
final class LockHolder {

	private LockHolder() {
	}

	public static void main(String[] arguments) {
		FileLease lease = new FileLease(Path.of(arguments[0]), "other", Duration.ofSeconds(1), Duration.ofSeconds(1));
		try (HeldLock held = lease.tryAcquire()) {
			System.out.print(held == null ? "refused" : "obtained");
		}
	}

}
