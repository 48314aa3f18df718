package io.github.adkmigration.test.database;

import java.io.IOException;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Any server of an official image, by Testcontainers. Only loaded where it is asked for.
 */
final class ContainerLauncher implements ServerLauncher {

	private static final String PASSWORD = "adk";

	private final DatabaseDialect dialect;

	private final String image;

	ContainerLauncher(DatabaseDialect dialect, String image) {
		this.dialect = dialect;
		this.image = image;
	}

	@Override
	public Optional<String> unavailableReason() {
		return DockerClientFactory.instance().isDockerAvailable() ? Optional.empty()
				: Optional.of("No container engine answers, so " + this.image + " cannot run. Start Docker.");
	}

	@Override
	@SuppressWarnings("resource")
	public ServerAddress start() throws IOException {
		boolean postgres = this.dialect == DatabaseDialect.POSTGRESQL;
		int port = postgres ? 5432 : 3306;
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(this.image))
			.withExposedPorts(port);
		switch (this.dialect) {
			case POSTGRESQL -> container.withEnv("POSTGRES_PASSWORD", PASSWORD);
			case MYSQL -> container.withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
				.withCommand("--default-time-zone=" + ServerZone.numeric());
			case MARIADB -> container.withEnv("MARIADB_ROOT_PASSWORD", PASSWORD)
				.withCommand("--default-time-zone=" + ServerZone.numeric());
			case SQLITE, H2 -> throw new IllegalStateException(this.dialect + " has no image.");
		}
		container.start();
		ServerAddress address = new ServerAddress(this.dialect, container.getHost(), container.getMappedPort(port),
				postgres ? "postgres" : "root", PASSWORD);
		String refusal = EmbeddedServer.awaitReady(null, address);
		if (refusal != null) {
			String output = container.getLogs();
			container.stop();
			throw new IOException("The container of " + this.image + " did not start: " + refusal + "\n" + output);
		}
		return address;
	}

}
