package io.github.adkmigration.preflight;

import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;

/**
 * Says that a SQLite file cannot be copied, whoever finds that out: a look before the
 * run, or the copying itself.
 *
 * @since 0.1.0
 */
public final class BackupRefusal {

	private BackupRefusal() {
	}

	/**
	 * Put a reason into words.
	 * @param file name of the database
	 * @param reason a clause
	 * @return a finding that blocks
	 */
	public static PreflightFinding of(String file, String reason) {
		return new PreflightFinding(PreflightCode.SPACE_TOO_SMALL,
				"No backup of " + file + " could be made beside it: " + reason + ". Nothing was changed.",
				"Make room in the directory of the database and let this process write to it, or set"
						+ " adk.migration.sqlite-backup=false if you have a backup of your own, and start again.");
	}

}
