package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands on the wire between one client and a database server, and counts how often the
 * client speaks after the server has.
 */
final class RoundTripCounter implements AutoCloseable {

	private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

	private final ServerSocket entrance;

	private final Socket server;

	private final AtomicInteger roundTrips = new AtomicInteger();

	private final AtomicBoolean serverSpokeLast = new AtomicBoolean(true);

	private final String url;

	RoundTripCounter(String jdbcUrl) throws IOException {
		Matcher address = ADDRESS.matcher(jdbcUrl);
		if (!address.find()) {
			throw new IllegalArgumentException("The URL names no server: " + jdbcUrl);
		}
		this.entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.server = new Socket(address.group(1), Integer.parseInt(address.group(2)));
		this.url = address.replaceFirst("//127.0.0.1:" + this.entrance.getLocalPort() + "/");
		start(() -> {
			Socket client = this.entrance.accept();
			start(() -> pump(this.server.getInputStream(), client.getOutputStream(), false));
			pump(client.getInputStream(), this.server.getOutputStream(), true);
		});
	}

	String url() {
		return this.url;
	}

	int count() {
		return this.roundTrips.get();
	}

	private void pump(InputStream in, OutputStream out, boolean fromClient) throws IOException {
		byte[] buffer = new byte[8192];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			if (this.serverSpokeLast.getAndSet(!fromClient) && fromClient) {
				this.roundTrips.incrementAndGet();
			}
			out.write(buffer, 0, read);
			out.flush();
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One side has closed the connection, which is how every test ends.
				Thread.currentThread().interrupt();
			}
		}, "round-trip-counter");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			this.entrance.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

}
