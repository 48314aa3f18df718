package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * One step of a plan. Every step can be repeated: a run that died is completed by
 * planning and running again.
 *
 * @since 0.1.0
 */
public sealed interface MigrationStep {

	/**
	 * Return a short name.
	 * @return the changeset id, or a word for a step without one
	 */
	String id();

	/**
	 * Return to which phase the step belongs.
	 * @return the phase
	 */
	Changeset.Phase phase();

	/**
	 * Return what the step does.
	 * @return one phrase for people
	 */
	String description();

	/**
	 * A step that is one change of the changelog.
	 */
	sealed interface OfChangeset extends MigrationStep {

		/**
		 * Return the change.
		 * @return the changeset
		 */
		Changeset changeset();

		@Override
		default String id() {
			return changeset().id();
		}

		@Override
		default Changeset.Phase phase() {
			return changeset().phase();
		}

		@Override
		default String description() {
			return changeset().description();
		}

	}

	/**
	 * A statement that Liquibase executes.
	 *
	 * @param changeset which
	 */
	record Schema(Changeset changeset) implements OfChangeset {

	}

	/**
	 * Build an index on a table that others write to.
	 *
	 * @param changeset the statement
	 * @param repairs whether an interrupted build has left the index in no state to be
	 * used
	 */
	record Index(Changeset changeset, boolean repairs) implements OfChangeset {

		@Override
		public String description() {
			return this.changeset.description() + (this.repairs ? ", which an interrupted build has left invalid" : "");
		}

		/**
		 * Return what builds the index.
		 * @return statements in order
		 */
		public List<String> statements() {
			List<String> statements = new ArrayList<>(this.repairs ? this.changeset.rollback() : List.of());
			statements.add(this.changeset.sql());
			return List.copyOf(statements);
		}

	}

	/**
	 * Copy and convert the events into the shadow table.
	 *
	 * @param source the layout of the rows
	 */
	record Backfill(Layout source) implements MigrationStep {

		@Override
		public String id() {
			return "ext_adk_0001_backfill";
		}

		@Override
		public Changeset.Phase phase() {
			return Changeset.Phase.BACKFILL;
		}

		@Override
		public String description() {
			return "Convert the events of " + this.source.level();
		}

	}

	/**
	 * Reconcile the copy and put it in the place of the old table.
	 *
	 * @param source who wrote the old tables
	 * @param changelog the SQL of the parts
	 * @param rebuilt the other tables that have to be rebuilt in the same transaction
	 * @param indexed whether the new table is to have head's index
	 * @param beside the tables of a writer that calls them otherwise, if one does: the
	 * new tables are filled beside them
	 * @param fresh what the new tables are called until the swap, those of the target
	 * unless the source still has one of these names
	 */
	record Swap(LayoutFamily source, BundledChangelog changelog, List<SessionTable> rebuilt, boolean indexed,
			Optional<BesideTables> beside, SessionTables fresh) implements MigrationStep {

		/** Under which the swap stands in the history, however it is executed. */
		public static final String ID = "ext_adk_0001_swap";

		public Swap {
			rebuilt = List.copyOf(rebuilt);
		}

		@Override
		public String id() {
			return ID;
		}

		@Override
		public Changeset.Phase phase() {
			return Changeset.Phase.EXPAND;
		}

		@Override
		public String description() {
			return this.beside.isPresent() ? "Take over sessions and states, and put the converted events beside them"
					: "Put the converted events in the place of the old ones";
		}

	}

	/**
	 * Complete a swap that a run has died in, where its two renames are two statements.
	 *
	 * @param changeset the second
	 */
	record FinishSwap(Changeset changeset) implements OfChangeset {

	}

	/**
	 * Set the time column of events that exist to UTC.
	 *
	 * @param changeset what undoes it, and what applies what was noted
	 * @param recorded whether the history has the change already, since an earlier run
	 * set others
	 */
	record EventTimes(Changeset changeset, boolean recorded) implements OfChangeset {

	}

	/**
	 * Add the owner column to the sessions.
	 *
	 * @param changeset the statement
	 */
	record Owner(Changeset changeset) implements OfChangeset {

	}

}
