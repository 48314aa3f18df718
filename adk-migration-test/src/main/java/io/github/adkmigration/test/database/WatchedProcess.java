package io.github.adkmigration.test.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server process that ends with this JVM, however the JVM ends. A shell waits for the
 * end of its standard input, which the operating system closes with the JVM, then ends
 * the server and removes its directory. A shutdown hook would not run after kill -9.
 */
final class WatchedProcess {

	private static final String SCRIPT = """
			signal=$1; directory=$2; shift 2
			exec 3<&0
			"$@" 3<&- </dev/null & server=$!
			(read -r wish <&3 || rm -f "$directory.kept"; kill -s "${wish:-$signal}" $server) 2>/dev/null & reader=$!
			wait $server; code=$?
			kill $reader 2>/dev/null
			test -e "$directory.kept" || rm -rf "$directory"
			exit $code
			""";

	private final Process shell;

	private WatchedProcess(Process shell) {
		this.shell = shell;
	}

	/**
	 * Start a server in the foreground of a shell.
	 * @param signal the name of the signal that ends it at once
	 * @param directory what to remove after its end
	 * @param log where its output goes, outside of the directory to be readable after a
	 * failed start
	 * @param command the server and its arguments
	 */
	static WatchedProcess start(String signal, Path directory, Path log, List<String> command) throws IOException {
		List<String> line = new ArrayList<>(
				List.of("sh", "-c", SCRIPT, "adk-test-server", signal, directory.toString()));
		line.addAll(command);
		return new WatchedProcess(new ProcessBuilder(line).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start());
	}

	boolean isAlive() {
		return this.shell.isAlive();
	}

	/**
	 * End the server and wait until it is gone with its directory.
	 */
	void stop() throws IOException {
		this.shell.getOutputStream().close();
		await();
	}

	/**
	 * Send the server SIGKILL and wait until it is gone. Its directory stays if a file
	 * with the suffix {@code .kept} stands beside it.
	 */
	void kill() throws IOException {
		if (isAlive()) {
			this.shell.outputWriter().write("KILL\n");
			this.shell.outputWriter().flush();
		}
		await();
	}

	private void await() {
		try {
			this.shell.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
