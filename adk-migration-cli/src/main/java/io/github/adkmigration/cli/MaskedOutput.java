package io.github.adkmigration.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes text on line by line, without the secrets in it. Loggers and drivers write here
 * too, so nobody has to be trusted.
 */
final class MaskedOutput extends OutputStream {

	private final OutputStream out;

	private final Secrets secrets;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private MaskedOutput(OutputStream out, Secrets secrets) {
		this.out = out;
		this.secrets = secrets;
	}

	static PrintStream over(OutputStream out, Secrets secrets) {
		return new PrintStream(new MaskedOutput(out, secrets), true, StandardCharsets.UTF_8);
	}

	@Override
	public synchronized void write(int character) throws IOException {
		this.line.write(character);
		if (character == '\n' || character == '\r') {
			pass();
		}
	}

	@Override
	public synchronized void flush() throws IOException {
		pass();
		this.out.flush();
	}

	private void pass() throws IOException {
		if (this.line.size() > 0) {
			String text = this.line.toString(StandardCharsets.UTF_8);
			this.line.reset();
			this.out.write(this.secrets.mask(text).getBytes(StandardCharsets.UTF_8));
		}
	}

}
