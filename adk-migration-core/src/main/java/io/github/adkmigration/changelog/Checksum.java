package io.github.adkmigration.changelog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over text in which every run of white space counts as one blank.
 *
 * @since 0.1.0
 */
public final class Checksum {

	private Checksum() {
	}

	/**
	 * Compute the checksum of a text.
	 * @param text any text
	 * @return 64 hexadecimal digits
	 */
	public static String of(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(text.strip().replaceAll("\\s+", " ").getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
