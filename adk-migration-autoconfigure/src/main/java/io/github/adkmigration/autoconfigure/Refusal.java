package io.github.adkmigration.autoconfigure;

import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;

/**
 * Says why an application cannot work with tables to which no migration of its own leads.
 *
 * @param plan plans the way to head, and fails with the reason where there is none
 */
record Refusal(Runnable plan) {

	/**
	 * Find the reason.
	 * @param status what was found
	 * @return the reason, empty where the tables can be used or migrated
	 */
	Optional<MigrationException> of(SchemaStatus status) {
		if (status.compatibility() == Compatibility.AHEAD_INCOMPATIBLE) {
			return Optional.of(new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
					"The session tables are at revision " + status.revision() + ", which this version, made for "
							+ status.head() + ", cannot work with.",
					"Start the version of the application that changed them, or a newer one."));
		}
		if (status.compatibility() == Compatibility.UNRECOGNIZED) {
			try {
				this.plan.run();
			}
			catch (MigrationException ex) {
				return Optional.of(ex);
			}
		}
		return Optional.empty();
	}

}
