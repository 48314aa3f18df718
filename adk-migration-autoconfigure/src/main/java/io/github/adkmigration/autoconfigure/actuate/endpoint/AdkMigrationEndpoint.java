package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.SchemaStatus;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint} that tells the state of ADK's session tables and what this instance
 * did to them. It only reads.
 *
 * @since 0.1.0
 */
@Endpoint(id = "adkmigration", defaultAccess = Access.READ_ONLY)
public class AdkMigrationEndpoint {

	private final Supplier<SchemaStatus> status;

	private final Supplier<Optional<MigrationReport>> report;

	/**
	 * Create the endpoint.
	 * @param status a cheap look at the database
	 * @param report what this instance did when it started
	 */
	public AdkMigrationEndpoint(Supplier<SchemaStatus> status, Supplier<Optional<MigrationReport>> report) {
		this.status = status;
		this.report = report;
	}

	/**
	 * Return the state of the schema.
	 * @return the state; with a problem in place of it when the database cannot be read
	 */
	@ReadOperation
	public AdkMigrationDescriptor adkMigration() {
		MigrationReport report = this.report.get().orElse(null);
		try {
			return AdkMigrationDescriptor.of(this.status.get(), report);
		}
		catch (MigrationException ex) {
			return AdkMigrationDescriptor.of(ex, report);
		}
	}

}
