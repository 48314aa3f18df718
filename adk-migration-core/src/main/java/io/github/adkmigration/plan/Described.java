package io.github.adkmigration.plan;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;

/**
 * Puts a detected schema into words.
 *
 * @since 0.1.0
 */
public final class Described {

	private Described() {
	}

	/**
	 * Return the schema in a word.
	 * @param detected what was found
	 * @return a level such as {@code python-1.14.0}, or {@code empty},
	 * {@code incomplete}, {@code hybrid}, {@code foreign}, {@code unknown-version}
	 */
	public static String level(DetectedSchema detected) {
		if (detected instanceof DetectedSchema.Known known) {
			return known.layout().level();
		}
		if (detected instanceof DetectedSchema.Empty) {
			return "empty";
		}
		if (detected instanceof DetectedSchema.Incomplete) {
			return "incomplete";
		}
		if (detected instanceof DetectedSchema.Hybrid) {
			return "hybrid";
		}
		return detected instanceof DetectedSchema.UnknownVersion ? "unknown-version" : "foreign";
	}

	/**
	 * Return the schema for people.
	 * @param detected what was found
	 * @return a phrase
	 */
	public static String title(DetectedSchema detected) {
		if (detected instanceof DetectedSchema.Known known) {
			return known.layout().family().title() + ", level " + known.layout().level();
		}
		return switch (level(detected)) {
			case "empty" -> "no ADK tables";
			case "incomplete" -> "an incomplete set of ADK tables";
			case "hybrid" -> "events with the columns of two layouts";
			case "unknown-version" -> "a schema version that is not known";
			default -> "tables of another application";
		};
	}

	static MigrationException unsupported(Layout layout, DatabaseDialect dialect) {
		String why;
		if (dialect == DatabaseDialect.H2) {
			why = "on H2 only head is created and kept";
		}
		else if (layout.has(LayoutTrait.MIXED_PAYLOADS)) {
			why = "its events hold payloads of more than one writer";
		}
		else if (layout.has(LayoutTrait.TOUCHED_BY_JS)) {
			why = "adk-js has altered its tables";
		}
		else {
			why = reason(layout.family());
		}
		return new MigrationException(MigrationErrorCode.UNSUPPORTED_LAYOUT,
				"The tables are those of " + layout.family().title() + " (" + layout.level()
						+ "), which is recognised but " + "not converted: " + why + ".",
				"Let the sessions stay where they are and set adk.migration.table-prefix, so that tables of their own are"
						+ " created for this application; nothing was changed.");
	}

	private static String reason(LayoutFamily family) {
		return switch (family) {
			case PYTHON_UNRELEASED -> "this state of adk-python was never released";
			case PYTHON_V0, PYTHON_V1, PYTHON_SQLITE_SERVICE, GO, JS, JAVA_PR654, JAVA_PR700, HYBRID, SQLSPEC,
					JAVA_PR647 ->
				"it was altered in a way that is not known";
		};
	}

}
