package io.github.adkmigration.autoconfigure.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The file from which Kubernetes takes the last words of a container. Where there is none
 * and none can be made, nothing is written, and a job never fails because of it.
 */
final class TerminationLog {

	/** Kubernetes takes no more of one container. */
	static final int MAX_BYTES = 4096;

	private static final Logger logger = LoggerFactory.getLogger(TerminationLog.class);

	private final String file;

	TerminationLog(String file) {
		this.file = file;
	}

	/**
	 * Find the file without binding anything else, since it has to tell of properties
	 * that cannot be bound, too.
	 * @param environment the properties
	 * @return the file
	 */
	static TerminationLog of(Environment environment) {
		return new TerminationLog(environment.getProperty(AdkMigrationJobProperties.TERMINATION_LOG,
				new AdkMigrationJobProperties().getTerminationLog()));
	}

	void write(String message) {
		if (!StringUtils.hasText(this.file)) {
			return;
		}
		try {
			Path path = Path.of(this.file).toAbsolutePath();
			Path directory = path.getParent();
			if (Files.exists(path) || (directory != null && Files.isWritable(directory))) {
				Files.write(path, limited(message));
			}
		}
		catch (IOException | InvalidPathException ex) {
			logger.warn("The termination message could not be written to {}: {}", this.file,
					ex.getClass().getSimpleName());
		}
	}

	@Override
	public String toString() {
		return this.file;
	}

	private static byte[] limited(String message) {
		// An encoder never writes half a character.
		ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
		StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(message), bytes, true);
		return Arrays.copyOf(bytes.array(), bytes.position());
	}

}
