package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.LongKeyReader.LongKey;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.clock.WriterClockFailure;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;

/**
 * Decides what facts mean for a run. Pure: the run and the report ask the same facts and
 * get the same findings.
 */
final class PreflightDecision {

	private static final String GRANT = "Grant it, or name a user that has it with adk.migration.user.";

	private static final int NAMED = 3;

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final String schema;

	private final List<PreflightFinding> findings = new ArrayList<>();

	private PreflightDecision(DatabaseDialect dialect, MigrationSettings settings, String schema) {
		this.dialect = dialect;
		this.settings = settings;
		this.schema = schema;
	}

	/**
	 * Decide.
	 * @param dialect dialect of the database
	 * @param settings names and wishes
	 * @param plan what would be done
	 * @param facts what was read
	 * @return the findings, in the order in which a run stumbles over them
	 */
	static List<PreflightFinding> findings(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan,
			PreflightFacts facts) {
		PreflightDecision decision = new PreflightDecision(dialect, settings, plan.detected().catalog().schema());
		decision.names(facts);
		decision.rights(facts);
		decision.space(facts);
		decision.rows(facts);
		decision.source(facts);
		facts.clock().ifPresent((clock) -> decision.clock(clock.clock()));
		decision.findings.addAll(ColumnFindings.of(dialect, settings.tables(), plan));
		return decision.findings;
	}

	private void add(PreflightCode code, String fact, String nextStep) {
		this.findings.add(new PreflightFinding(code, fact, nextStep));
	}

	private void names(PreflightFacts facts) {
		if (facts.schemaNeedsQuotes()) {
			add(PreflightCode.SCHEMA_NAME,
					"The schema '" + this.settings.tables().schema()
							+ "' of adk.migration.schema can only be used between quotes.",
					"Use a schema whose name needs none: " + (this.dialect == DatabaseDialect.H2 ? "upper" : "lower")
							+ "-case letters, digits and '_'.");
		}
		OwnerColumn owner = this.settings.ownerColumn();
		if (facts.ownerlessSessions() && owner != null) {
			add(PreflightCode.OWNER_COLUMN,
					"The owner column '" + owner.name() + "' is NOT NULL, but the table "
							+ this.settings.tables().name(SessionTable.SESSIONS)
							+ " exists already and its sessions have no owner.",
					"Add the column without NOT NULL first, give every session its owner, and start again.");
		}
		if (facts.missingReference() != null) {
			add(PreflightCode.OWNER_REFERENCE,
					"The owner column refers to the table " + facts.missingReference() + ", which does not exist.",
					"Have the table created before the migration, or correct adk.migration.owner-id-column.");
		}
	}

	private void rights(PreflightFacts facts) {
		facts.readOnly()
			.ifPresent((reason) -> add(PreflightCode.READ_ONLY, "The database takes no writes: " + reason + ".",
					this.dialect == DatabaseDialect.SQLITE
							? "Let this process write to the file and to its directory, and open it without a read-only mode."
							: "Connect to the server that takes writes, as a user whose transactions are not read-only (adk.migration.url)."));
		Map<String, List<RequiredRight>> byRight = new LinkedHashMap<>();
		facts.missingRights()
			.forEach((missing) -> byRight.computeIfAbsent(missing.right(), (right) -> new ArrayList<>()).add(missing));
		byRight.forEach((right, missing) -> lacks(right(right, missing)));
		facts.missingSequences().forEach((sequence) -> lacks("USAGE on the sequence " + sequence));
	}

	private void lacks(String right) {
		add(PreflightCode.MISSING_RIGHT, "The database user lacks a right for migrating: " + right + ".", GRANT);
	}

	private String right(String right, List<RequiredRight> missing) {
		if (missing.stream().anyMatch((lacking) -> lacking.object().isEmpty())) {
			return right + " on the schema " + this.schema;
		}
		String tables = (missing.size() == 1 ? "the table " : "the tables ")
				+ missing.stream().limit(NAMED).map(RequiredRight::name).collect(Collectors.joining(", "))
				+ (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "");
		return switch (right) {
			case RequiredRight.OWNER -> "the ownership of " + tables;
			case RequiredRight.LOCK -> "UPDATE, DELETE or TRUNCATE, to lock it, on " + tables;
			default -> right + " on " + tables;
		};
	}

	/**
	 * What the converted events will take up is an estimate, so that only a half of it
	 * forbids a run, and nothing where a part of them is there already.
	 */
	private void space(PreflightFacts facts) {
		SpaceNeed space = facts.space();
		if (space.needed() == 0) {
			return;
		}
		if (space.free() < 0) {
			add(PreflightCode.SPACE_UNKNOWN,
					"The database does not say how much room its disk has; "
							+ (space.needed() < 0 ? "a run needs a second table of events."
									: "a run needs about " + space.needed() + " bytes."),
					"Look at the disk of the database before the migration.");
			return;
		}
		long copy = Math.max(0, space.copy());
		if (space.free() < space.backup()) {
			this.findings.add(BackupRefusal.of(facts.file(),
					"it needs " + space.backup() + " bytes and the disk has " + space.free()));
		}
		else if (space.free() < space.backup() + copy / 2 && !facts.resumes()) {
			add(PreflightCode.SPACE_TOO_SMALL, needs(space), "Make room on the disk of the database, and start again.");
		}
		else if (space.free() < space.backup() + copy) {
			add(PreflightCode.SPACE_TIGHT, needs(space), "Make room on the disk of the database before the migration.");
		}
	}

	private static String needs(SpaceNeed space) {
		return "A run needs about " + (space.backup() + Math.max(0, space.copy()))
				+ " bytes beside what the database has (" + Math.max(0, space.copy()) + " for the converted events, "
				+ space.backup() + " for the backup), and the disk has " + space.free() + ".";
	}

	private void rows(PreflightFacts facts) {
		if (facts.keptTable() != null) {
			add(PreflightCode.KEPT_TABLE, "The table " + facts.keptTable() + " of an earlier conversion still exists.",
					"Make sure that nobody needs it, rename or drop it, and start again.");
		}
		if (!facts.hidingTables().isEmpty()) {
			add(PreflightCode.HIDDEN_ROWS,
					"Row level security may hide rows of " + String.join(", ", facts.hidingTables())
							+ " from the user of the migration.",
					"Migrate as a user with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY"
							+ " (adk.migration.user), and start again.");
		}
		if (!facts.longKeys().isEmpty()) {
			add(PreflightCode.LONG_KEYS,
					"Keys are longer than the newest schema allows: "
							+ facts.longKeys().stream().map(LongKey::toString).collect(Collectors.joining("; ")) + ".",
					"Shorten them together with the same keys of the other tables, or delete those rows, and start again.");
		}
	}

	private void source(PreflightFacts facts) {
		facts.largeRows()
			.forEach((row) -> add(PreflightCode.LARGE_ROWS,
					row.limit().fact("The largest row of " + row.table(), row.bytes()),
					row.limit().nextStep(row.bytes())));
		facts.sourceObstacles()
			.forEach((obstacle) -> add(PreflightCode.SOURCE_ROWS, obstacle,
					"Decide which rows are wanted, move or repair the others, and start again."));
	}

	private void clock(WriterClock clock) {
		WriterClockFailure.of(clock)
			.ifPresent((failure) -> add(PreflightCode.valueOf(failure.code().name()), failure.description(),
					failure.action()));
		if (clock instanceof WriterClock.Configured known && known.contradicted()) {
			add(PreflightCode.TIME_ZONE_CONFIRMED,
					"The zone " + known.configured() + " contradicts the rows, and is used because that was confirmed.",
					"Look at the sample conversions before the migration.");
		}
	}

}
