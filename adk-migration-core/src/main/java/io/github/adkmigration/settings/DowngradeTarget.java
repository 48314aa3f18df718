package io.github.adkmigration.settings;

import java.util.regex.Pattern;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * How far to go back.
 *
 * @since 0.1.0
 */
public sealed interface DowngradeTarget {

	/**
	 * Return the target in words.
	 * @return a phrase, for example {@code revision 0001}
	 */
	String describe();

	/**
	 * Undo the newest changes. All steps of one conversion of events count as one.
	 * @param count how many, at least 1
	 * @return the target
	 * @throws MigrationException with {@code INVALID_SETTING} for a smaller number
	 */
	static DowngradeTarget count(int count) {
		return new Changes(count);
	}

	/**
	 * Undo everything above a revision.
	 * @param revision four digits, as {@code history} shows them
	 * @return the target
	 * @throws MigrationException with {@code INVALID_SETTING} for another form
	 */
	static DowngradeTarget revision(String revision) {
		return new Revision(revision);
	}

	/**
	 * Go back to what the last completed run of a version of the application left.
	 * @param version the version as it was recorded
	 * @return the target
	 */
	static DowngradeTarget applicationVersion(String version) {
		return new ApplicationVersion(version);
	}

	/**
	 * Undo everything that this library ever did.
	 * @return the target
	 */
	static DowngradeTarget base() {
		return new Base();
	}

	/**
	 * The newest changes.
	 *
	 * @param count how many
	 */
	record Changes(int count) implements DowngradeTarget {

		public Changes {
			if (count < 1) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"A downgrade by " + count + " changes undoes nothing.", "Give a number from 1.");
			}
		}

		@Override
		public String describe() {
			return this.count == 1 ? "one change back" : this.count + " changes back";
		}

	}

	/**
	 * Everything above a revision.
	 *
	 * @param revision four digits
	 */
	record Revision(String revision) implements DowngradeTarget {

		private static final Pattern REVISION = Pattern.compile("\\d{4}");

		public Revision {
			if (!REVISION.matcher(revision).matches()) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"The revision of a downgrade has the value '" + revision + "'.",
						"Give four digits, such as 0001, or go back to base.");
			}
		}

		@Override
		public String describe() {
			return "revision " + this.revision;
		}

	}

	/**
	 * Everything after the last completed run of a version.
	 *
	 * @param version the version as it was recorded
	 */
	record ApplicationVersion(String version) implements DowngradeTarget {

		public ApplicationVersion {
			if (version.isBlank()) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"The application version of a downgrade is empty.", "Give a version as the history shows it.");
			}
		}

		@Override
		public String describe() {
			return "application version " + this.version;
		}

	}

	/**
	 * Everything.
	 */
	record Base() implements DowngradeTarget {

		@Override
		public String describe() {
			return "base";
		}

	}

}
