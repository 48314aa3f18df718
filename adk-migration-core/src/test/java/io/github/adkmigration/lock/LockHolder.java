package io.github.adkmigration.lock;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock.HeldLock;

/**
 * Another process: says whether it gets the lock of a file.
 */
final class LockHolder {

	private LockHolder() {
	}

	static PollingLock lock(Path file, String instance) {
		// The lock of a file asks nothing of a database.
		Connection none = (Connection) Proxy.newProxyInstance(LockHolder.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					throw new UnsupportedOperationException(method.getName());
				});
		return new PollingLock(new SqliteFileLock(file, instance), "file lock", none, Duration.ofMillis(50),
				Duration.ofMillis(10));
	}

	public static void main(String[] arguments) {
		try (HeldLock held = lock(Path.of(arguments[0]), "other").acquire(() -> "")) {
			held.assertHeld();
			System.out.print("obtained");
		}
		catch (MigrationException ex) {
			System.out.print("refused");
		}
	}

}
