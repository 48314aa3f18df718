package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.AttachedObject;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Says which objects of a user will stay with the old table of events when the converted
 * one takes its place.
 *
 * @since 0.1.0
 */
public final class StayingObjects {

	private StayingObjects() {
	}

	/**
	 * Add a note for each object.
	 * @param plan a plan that converts events
	 * @param objects what is attached to the table of events
	 * @param tables the names of the target
	 * @return the plan with the notes
	 */
	public static MigrationPlan noted(MigrationPlan plan, List<AttachedObject> objects, SessionTables tables) {
		List<String> notes = new ArrayList<>(plan.notes());
		String events = tables.name(SessionTable.EVENTS);
		String kept = tables.name(BookkeepingTable.KEPT);
		objects.forEach((object) -> notes.add(note(object, events, kept)));
		return new MigrationPlan(plan.detected(), plan.from(), plan.to(), plan.steps(), notes, plan.deferred());
	}

	/**
	 * Return a finding for each object.
	 * @param objects what is attached to the table of events
	 * @param tables the names of the target
	 * @return findings with the words of the notes
	 */
	public static List<PreflightFinding> findings(List<AttachedObject> objects, SessionTables tables) {
		String events = tables.name(SessionTable.EVENTS);
		String kept = tables.name(BookkeepingTable.KEPT);
		return objects.stream().map((object) -> {
			String note = note(object, events, kept);
			int end = note.lastIndexOf(": ");
			String next = note.substring(end + 2);
			return new PreflightFinding(PreflightCode.OBJECT_STAYS, note.substring(0, end) + ".",
					Character.toUpperCase(next.charAt(0)) + next.substring(1));
		}).toList();
	}

	private static String note(AttachedObject object, String events, String kept) {
		String name = object.name();
		return switch (object.kind()) {
			case INDEX -> "The index " + name + " of " + events + " stays with the old table, " + kept
					+ ": create it again if it is needed.";
			case CONSTRAINT -> "The constraint " + name + " of " + events + " stays with the old table, " + kept
					+ ": create it again if it is needed.";
			case REFERENCE -> "The foreign key " + name + " goes on to refer to the old table, " + kept
					+ ": drop it and create it again.";
			case TRIGGER -> "The trigger " + name + " of " + events + " stays with the old table, " + kept
					+ ": create it again if it is needed.";
			case POLICY ->
				"The row security policy " + name + " stays with the old table, " + kept + ": create it again on "
						+ events + ", whose rows nobody but the owner sees until then if row" + " security is enabled.";
			case COLUMN_GRANT -> "The rights on the column " + name + " of " + events + " stay with the old table, "
					+ kept + ": grant them again where the new table has it.";
			case VIEW -> "The view " + name + " goes on to read the old table, " + kept + ": create it again.";
		};
	}

}
