package io.github.adkmigration.plan;

import java.util.EnumSet;
import java.util.Set;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Where a database stands among the revisions, and which of them an upgrade leads to.
 *
 * @since 0.1.0
 */
public final class Revisions {

	private static final Set<HeadDifference.Kind> WITHOUT_INDEX = EnumSet.of(HeadDifference.Kind.MISSING_INDEX,
			HeadDifference.Kind.INDEX, HeadDifference.Kind.INVALID_INDEX);

	private Revisions() {
	}

	/**
	 * Return the revision that tables correspond to.
	 * @param detected what was found
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return the revision, {@code base} below the first
	 */
	public static String of(DetectedSchema detected, DatabaseDialect dialect, SessionTables tables) {
		if (!(detected instanceof DetectedSchema.Known known) || known.layout().family() != LayoutFamily.PYTHON_V1) {
			return BundledChangelog.BASE;
		}
		boolean indexed = new HeadCheck(dialect, tables).differences(detected.catalog())
			.stream()
			.noneMatch((difference) -> WITHOUT_INDEX.contains(difference.kind()));
		return indexed ? BundledChangelog.HEAD : "0001";
	}

	/**
	 * Return the revision that a target means.
	 * @param target what was asked for
	 * @param current the revision of the database
	 * @return the revision
	 * @throws MigrationException with {@code INVALID_SETTING} if there is no such
	 * revision or it is below that of the database
	 */
	static String resolve(UpgradeTarget target, String current) {
		int here = BundledChangelog.REVISIONS.indexOf(current);
		int there;
		if (target instanceof UpgradeTarget.Steps steps) {
			// The sum may be larger than any number.
			there = steps.count() < BundledChangelog.REVISIONS.size() ? here + steps.count() : Integer.MAX_VALUE;
		}
		else {
			there = target instanceof UpgradeTarget.Revision revision
					? BundledChangelog.REVISIONS.indexOf(revision.id()) : BundledChangelog.REVISIONS.size() - 1;
		}
		if (there < 0 || there >= BundledChangelog.REVISIONS.size()) {
			throw invalid("There is no revision '" + target + "'" + (there < 0 ? "." : " above " + current + "."),
					"Use one of " + String.join(", ", BundledChangelog.REVISIONS) + ", or head.");
		}
		if (there < here) {
			throw invalid(
					"The database is at revision " + current + ", and an upgrade does not lead back to " + target + ".",
					"Use one of "
							+ String.join(", ",
									BundledChangelog.REVISIONS.subList(here, BundledChangelog.REVISIONS.size()))
							+ ", or head; to go back is a downgrade.");
		}
		return BundledChangelog.REVISIONS.get(there);
	}

	private static MigrationException invalid(String description, String action) {
		return new MigrationException(MigrationErrorCode.INVALID_SETTING, description, action);
	}

}
