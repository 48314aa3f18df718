package io.github.adkmigration.test.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs PostgreSQL, which refuses root, as somebody else where the user is root. Not every
 * way is open everywhere: containers often forbid user namespaces.
 *
 * @param prefix what to put in front of a command
 * @param ownFiles whether the data directory must belong to that user
 */
record UnprivilegedUser(List<String> prefix, boolean ownFiles) {

	private static final int NOBODY = 65534;

	UnprivilegedUser {
		prefix = List.copyOf(prefix);
	}

	static boolean root() {
		try {
			return Files.isDirectory(Path.of("/proc/self"))
					? Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
					: "root".equals(System.getProperty("user.name"));
		}
		catch (IOException ex) {
			return "root".equals(System.getProperty("user.name"));
		}
	}

	static UnprivilegedUser find() {
		if (!root()) {
			return new UnprivilegedUser(List.of(), false);
		}
		// Both become the server. runuser would stay its parent and keep signals from it.
		List<UnprivilegedUser> candidates = List.of(new UnprivilegedUser(List.of("unshare", "-U"), false),
				new UnprivilegedUser(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), true));
		for (UnprivilegedUser candidate : candidates) {
			if (candidate.works()) {
				return candidate;
			}
		}
		throw new IllegalStateException(
				"PostgreSQL refuses to run as root, and neither unshare nor setpriv works here. "
						+ "Run the tests as another user.");
	}

	private boolean works() {
		try {
			Command.run(Path.of("/"), this.prefix, "true");
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void giveAway(Path directory) throws IOException {
		if (this.ownFiles) {
			Files.setAttribute(directory, "unix:uid", NOBODY);
			Files.setAttribute(directory, "unix:gid", NOBODY);
		}
	}

}
