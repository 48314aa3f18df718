package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Decides which steps lead to a revision. A pure function of what was detected, the
 * settings and the changelog.
 *
 * @since 0.1.0
 */
public final class MigrationPlanner {

	private static final Set<LayoutFamily> CONVERTED = Set.of(LayoutFamily.PYTHON_V0, LayoutFamily.PYTHON_V1,
			LayoutFamily.PYTHON_SQLITE_SERVICE, LayoutFamily.JAVA_PR700, LayoutFamily.JAVA_PR654, LayoutFamily.GO,
			LayoutFamily.JS, LayoutFamily.HYBRID);

	/** Of which each row is read as that of its own writer. */
	private static final Set<LayoutFamily> BY_ROW = Set.of(LayoutFamily.PYTHON_V0, LayoutFamily.PYTHON_V1,
			LayoutFamily.HYBRID);

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final HeadCheck headCheck;

	/**
	 * Create a planner for a target.
	 * @param dialect dialect of its database
	 * @param settings names and wishes
	 */
	public MigrationPlanner(DatabaseDialect dialect, MigrationSettings settings) {
		this.dialect = dialect;
		this.settings = settings;
		this.headCheck = new HeadCheck(dialect, settings.tables());
	}

	/**
	 * Plan the way to a target.
	 * @param detected what was found
	 * @param fragments texts that the changelog takes from the catalog
	 * @param unfinished whether our record says that the newest run did not reach its end
	 * @param target how far to go
	 * @param work what stands against building head's index on events that exist
	 * @return the plan; without a step when nothing is pending
	 * @throws MigrationException with {@code UNRECOGNIZED_SCHEMA} or
	 * {@code UNSUPPORTED_LAYOUT} where no way leads to the target, with
	 * {@code INVALID_SETTING} if there is no such target
	 */
	public MigrationPlan plan(DetectedSchema detected, Map<String, String> fragments, boolean unfinished,
			UpgradeTarget target, IndexWork work) {
		String revision = Revisions.resolve(target, Revisions.of(detected, this.dialect, this.settings.tables()));
		boolean indexed = revision.equals(BundledChangelog.HEAD);
		Map<String, String> filled = new HashMap<>(fragments);
		if (!indexed) {
			filled.put("shadow_events_index", "");
		}
		if (detected.catalog().table(this.settings.tables().name(SessionTable.EVENTS)).isEmpty()) {
			// Nobody uses a table that the same run has made, and only one build of the
			// two waits for whatever else the database is doing.
			filled.put("concurrently", "");
		}
		Optional<BesideTables> beside = beside(detected);
		beside.ifPresent((source) -> filled.put("extra_columns", ""));
		SessionTables fresh = beside.map((source) -> source.fresh(this.settings.tables(), detected.catalog()))
			.orElse(this.settings.tables());
		BundledChangelog changelog = BundledChangelog.read(this.dialect, fresh, detected.catalog().schema(), filled);
		List<MigrationStep> steps = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		boolean completed = detected instanceof DetectedSchema.Incomplete && unfinished
				&& onlyTablesMissing(detected.catalog());
		if (!(detected instanceof DetectedSchema.Empty || detected instanceof DetectedSchema.Known || completed)) {
			throw unrecognized(detected);
		}
		if (revision.equals(BundledChangelog.BASE)) {
			return new MigrationPlan(detected, Described.level(detected), revision, steps, notes, List.of());
		}
		if (detected instanceof DetectedSchema.Known known && beside.isPresent()) {
			BesideSteps conversion = new BesideSteps(this.dialect, this.settings, beside.get(), fresh);
			conversion.add(known.layout(), known.catalog(), changelog, indexed, steps);
			notes.addAll(conversion.notes());
		}
		else if (detected instanceof DetectedSchema.Known known) {
			known(known, changelog, revision, steps, notes);
		}
		else if (completed) {
			complete(detected, changelog, indexed, steps);
		}
		else {
			createAll(changelog, detected.catalog(), indexed, steps);
		}
		if (beside.isEmpty()) {
			owner(changelog, detected.catalog(), steps);
		}
		return new Deferral(this.dialect, this.settings)
			.applied(new MigrationPlan(detected, Described.level(detected), revision, steps, notes, List.of()), work);
	}

	private void createAll(BundledChangelog changelog, Catalog catalog, boolean indexed, List<MigrationStep> steps) {
		create(changelog, catalog, steps);
		steps.add(new MigrationStep.Schema(changelog.get("0001_events")));
		marker(changelog, steps);
		if (indexed) {
			index(changelog, steps);
		}
	}

	private void known(DetectedSchema.Known known, BundledChangelog changelog, String revision,
			List<MigrationStep> steps, List<String> notes) {
		Layout layout = known.layout();
		if (layout.family() == LayoutFamily.PYTHON_V1 && !layout.has(LayoutTrait.TOUCHED_BY_JS)) {
			current(known, changelog, revision, steps, notes);
		}
		else if (CONVERTED.contains(layout.family()) && this.dialect != DatabaseDialect.H2 && decidable(layout)) {
			convert(known, changelog, revision.equals(BundledChangelog.HEAD), steps);
		}
		else {
			throw Described.unsupported(layout, this.dialect);
		}
	}

	/**
	 * Return whether each row says who wrote it, and in which form.
	 */
	private static boolean decidable(Layout layout) {
		return BY_ROW.contains(layout.family())
				|| !(layout.has(LayoutTrait.MIXED_PAYLOADS) || layout.has(LayoutTrait.TOUCHED_BY_JS));
	}

	/** Tables of other names. */
	private Optional<BesideTables> beside(DetectedSchema detected) {
		return this.dialect == DatabaseDialect.H2 ? Optional.empty()
				: BesideTables.of(detected, this.dialect, this.settings.tables());
	}

	private void current(DetectedSchema.Known known, BundledChangelog changelog, String revision,
			List<MigrationStep> steps, List<String> notes) {
		create(changelog, known.catalog(), steps);
		if (known.layout().has(LayoutTrait.MARKER_TABLE_MISSING)
				|| known.layout().has(LayoutTrait.MARKER_ROW_MISSING)) {
			marker(changelog, steps);
		}
		List<HeadDifference> differences = new HeadCheck(this.dialect, this.settings.tables(), revision)
			.differences(known.catalog());
		List<HeadDifference> wrong = differences.stream()
			.filter((difference) -> !difference.note())
			.filter((difference) -> difference.kind() != HeadDifference.Kind.MISSING_TABLE)
			.toList();
		for (HeadDifference difference : wrong) {
			boolean invalid = difference.kind() == HeadDifference.Kind.INVALID_INDEX;
			if (invalid || difference.kind() == HeadDifference.Kind.MISSING_INDEX) {
				steps.add(Deferral.index(changelog, invalid));
			}
			else {
				throw drifted(wrong);
			}
		}
		differences.stream().filter(HeadDifference::note).map(HeadDifference::describe).forEach(notes::add);
		leftovers(known.catalog(), notes);
	}

	/**
	 * What interrupted builds of other indexes have left costs every write, and is not
	 * ours to drop.
	 */
	private void leftovers(Catalog catalog, List<String> notes) {
		String head = this.settings.tables().eventsIndexName();
		catalog.table(this.settings.tables().name(SessionTable.EVENTS))
			.ifPresent((events) -> events.indexes()
				.stream()
				.filter((index) -> !index.valid() && !index.name().equals(head))
				.forEach((index) -> notes.add("The index " + index.name() + " of " + events.name()
						+ " is invalid: drop it, unless somebody is building it.")));
	}

	/**
	 * A database without DDL in transactions shows what a run has left that died between
	 * two statements. After a run that reached its end a missing table was dropped by
	 * somebody, and an empty one in its place would hide that.
	 */
	private boolean onlyTablesMissing(Catalog catalog) {
		return this.headCheck.differences(catalog)
			.stream()
			.allMatch((difference) -> difference.note() || difference.kind() == HeadDifference.Kind.MISSING_TABLE);
	}

	private void complete(DetectedSchema detected, BundledChangelog changelog, boolean indexed,
			List<MigrationStep> steps) {
		Catalog catalog = detected.catalog();
		boolean kept = catalog.table(this.settings.tables().name(BookkeepingTable.KEPT)).isPresent();
		boolean renaming = this.dialect.mysqlFamily()
				&& catalog.table(this.settings.tables().name(BookkeepingTable.SHADOW)).isPresent();
		if (kept && !renaming) {
			// The conversations are in the kept table; an empty one in their place would
			// hide that.
			throw unrecognized(detected);
		}
		if (!kept) {
			createAll(changelog, catalog, indexed, steps);
			return;
		}
		create(changelog, catalog, steps);
		steps.add(new MigrationStep.FinishSwap(changelog.get("0001_finish_swap")));
		marker(changelog, steps);
		lateIndex(catalog, changelog, indexed, steps);
	}

	private void convert(DetectedSchema.Known known, BundledChangelog changelog, boolean indexed,
			List<MigrationStep> steps) {
		Layout layout = known.layout();
		Catalog catalog = known.catalog();
		create(changelog, catalog, steps);
		StateTableSteps stateTables = new StateTableSteps(this.dialect, this.settings.tables(), this.headCheck);
		List<SessionTable> different = stateTables.rebuilt(layout, catalog);
		if (this.dialect != DatabaseDialect.SQLITE) {
			stateTables.add(layout, catalog, changelog, steps);
		}
		steps.add(new MigrationStep.Schema(changelog.get("0001_shadow")));
		steps.add(new MigrationStep.Backfill(layout));
		if (this.dialect == DatabaseDialect.POSTGRESQL) {
			steps.add(new MigrationStep.Schema(changelog.get("0001_shadow_key")));
			if (indexed) {
				steps.add(new MigrationStep.Schema(changelog.get("0001_shadow_index")));
			}
		}
		// Who gave sessions another key decides what has to be undone before it comes
		// back.
		boolean keyOfJs = this.dialect != DatabaseDialect.SQLITE && layout.has(LayoutTrait.TOUCHED_BY_JS);
		steps.add(new MigrationStep.Swap(keyOfJs ? LayoutFamily.JS : layout.family(), changelog,
				this.dialect == DatabaseDialect.SQLITE ? different : List.of(), indexed, Optional.empty(),
				this.settings.tables()));
		if (this.dialect.mysqlFamily()) {
			// Elsewhere it is part of the transaction of the swap.
			marker(changelog, steps);
			lateIndex(catalog, changelog, indexed, steps);
		}
	}

	/**
	 * MySQL's and MariaDB's new table has the index from the beginning, unless a run to
	 * the first revision made it and died.
	 */
	private void lateIndex(Catalog catalog, BundledChangelog changelog, boolean indexed, List<MigrationStep> steps) {
		boolean lacking = catalog.table(this.settings.tables().name(BookkeepingTable.SHADOW))
			.filter((shadow) -> shadow.index(this.settings.tables().eventsIndexName()).isEmpty())
			.isPresent();
		if (indexed && lacking) {
			index(changelog, steps);
		}
	}

	private void create(BundledChangelog changelog, Catalog catalog, List<MigrationStep> steps) {
		for (SessionTable table : StateTableSteps.TABLES) {
			if (catalog.table(this.settings.tables().name(table)).isEmpty()) {
				steps.add(new MigrationStep.Schema(changelog.get("0001_" + table.defaultName())));
			}
		}
	}

	private static void index(BundledChangelog changelog, List<MigrationStep> steps) {
		steps.add(new MigrationStep.Schema(changelog.get("0002_events_index")));
	}

	private static void marker(BundledChangelog changelog, List<MigrationStep> steps) {
		steps.add(new MigrationStep.Schema(changelog.get("0001_metadata")));
		steps.add(new MigrationStep.Schema(changelog.get("0001_schema_version")));
	}

	private void owner(BundledChangelog changelog, Catalog catalog, List<MigrationStep> steps) {
		OwnerColumn owner = this.settings.ownerColumn();
		boolean present = owner == null || catalog.table(this.settings.tables().name(SessionTable.SESSIONS))
			.map((table) -> table.has(owner.name()))
			.orElse(false);
		if (!present) {
			steps.add(new MigrationStep.Owner(changelog.get("0001_owner_column")));
		}
	}

	private static MigrationException unrecognized(DetectedSchema detected) {
		return new MigrationException(MigrationErrorCode.UNRECOGNIZED_SCHEMA,
				"The tables are not those of a layout that can be migrated (" + Described.level(detected) + "): "
						+ String.join(" ", detected.evidence()),
				"Point adk.migration.schema, .table-prefix or .tables.* at ADK's tables, or at names that are free.");
	}

	private static MigrationException drifted(List<HeadDifference> wrong) {
		return new MigrationException(MigrationErrorCode.UNRECOGNIZED_SCHEMA,
				"The tables are ADK's newest, but differ from it: "
						+ wrong.stream().map(HeadDifference::describe).collect(Collectors.joining("; ")) + ".",
				"Bring the listed columns and keys to what is expected, and start again.");
	}

}
