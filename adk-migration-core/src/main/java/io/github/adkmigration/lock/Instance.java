package io.github.adkmigration.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Names a run so that no other one has the same name, not even one of the same process:
 * the name is also what proves that a lease is still ours.
 *
 * @since 0.1.0
 */
public final class Instance {

	private static final int LONGEST_HOST = 180;

	private Instance() {
	}

	/**
	 * Make a new name.
	 * @return host, process id and a random part, at most 255 characters
	 */
	public static String create() {
		String host = host();
		return host.substring(0, Math.min(host.length(), LONGEST_HOST)) + "/" + ProcessHandle.current().pid() + "/"
				+ UUID.randomUUID().toString().substring(0, 8);
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown-host";
		}
	}

}
