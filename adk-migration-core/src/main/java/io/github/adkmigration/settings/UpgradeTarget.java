package io.github.adkmigration.settings;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * How far an upgrade goes.
 *
 * @since 0.1.0
 */
public sealed interface UpgradeTarget {

	/**
	 * Return the newest revision as target.
	 * @return the target of everybody who names none
	 */
	static UpgradeTarget head() {
		return new Head();
	}

	/**
	 * Return a named revision as target.
	 * @param revision for example {@code 0001}; one that is not known is refused when the
	 * upgrade is planned
	 * @return the target
	 */
	static UpgradeTarget revision(String revision) {
		return new Revision(revision);
	}

	/**
	 * Return the revision that is some steps above that of the database.
	 * @param count how many revisions, at least 1
	 * @return the target
	 * @throws MigrationException with {@code INVALID_SETTING} for a smaller number
	 */
	static UpgradeTarget steps(int count) {
		return new Steps(count);
	}

	/**
	 * Read a target as people write it.
	 * @param text {@code head}, {@code +N} or a revision
	 * @return the target
	 * @throws MigrationException with {@code INVALID_SETTING} if {@code N} is no number
	 * from 1
	 */
	static UpgradeTarget parse(String text) {
		if (text.equals("head")) {
			return head();
		}
		if (!text.startsWith("+")) {
			return revision(text);
		}
		try {
			return steps(Integer.parseInt(text.substring(1)));
		}
		catch (NumberFormatException ex) {
			throw Steps.invalid(text, ex);
		}
	}

	/**
	 * The newest revision.
	 */
	record Head() implements UpgradeTarget {

		@Override
		public String toString() {
			return "head";
		}

	}

	/**
	 * A named revision.
	 *
	 * @param id the revision
	 */
	record Revision(String id) implements UpgradeTarget {

		@Override
		public String toString() {
			return this.id;
		}

	}

	/**
	 * A number of revisions from where the database is.
	 *
	 * @param count how many, at least 1
	 */
	record Steps(int count) implements UpgradeTarget {

		public Steps {
			if (count < 1) {
				throw invalid("+" + count, null);
			}
		}

		private static MigrationException invalid(String text, @Nullable Throwable cause) {
			return new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The target '" + text + "' is no number of revisions.",
					"Use + with a number from 1, for example +1, a revision, or head.", cause);
		}

		@Override
		public String toString() {
			return "+" + this.count;
		}

	}

}
