package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.changelog.BookkeepingDdl;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.report.MigrationScript.Kind;
import io.github.adkmigration.report.MigrationScript.Statement;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Writes a plan down as the statements that carrying it out executes.
 *
 * @since 0.1.0
 */
public final class ScriptWriter {

	/** Only undoing a swap, which no script does, needs a free number. */
	private static final int FIRST = 1;

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final MigrationPlan plan;

	private final SessionTables source;

	private final Catalog catalog;

	private final ScriptFacts facts;

	private final List<Statement> statements = new ArrayList<>();

	private ScriptWriter(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan, ScriptFacts facts) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.plan = plan;
		this.source = plan.beside().map(BesideTables::names).orElse(this.tables);
		this.catalog = plan.detected().catalog();
		this.facts = facts;
	}

	/**
	 * Write down a plan for the database that it was made for.
	 * @param connection any connection to it; only read from
	 * @param dialect its dialect
	 * @param settings names and wishes
	 * @param plan what is to be done
	 * @return the statements
	 * @throws SQLException if the catalog cannot be read
	 */
	public static MigrationScript live(Connection connection, DatabaseDialect dialect, MigrationSettings settings,
			MigrationPlan plan) throws SQLException {
		return new ScriptWriter(dialect, settings, plan, ScriptFacts.read(connection, dialect, settings.tables(), plan))
			.write(plan.notes());
	}

	/**
	 * Write down a plan for any database of a layout, with the names that the statements
	 * of its release give.
	 * @param dialect the dialect
	 * @param settings names and wishes
	 * @param plan what is to be done
	 * @param notes what has been assumed
	 * @return the statements
	 */
	public static MigrationScript offline(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan,
			List<String> notes) {
		return new ScriptWriter(dialect, settings, plan, ScriptFacts.derive(dialect, settings.tables(), plan))
			.write(notes);
	}

	private MigrationScript write(List<String> notes) {
		if (!this.plan.isEmpty()) {
			bookkeeping();
			this.plan.steps().forEach(this::step);
		}
		return new MigrationScript(this.dialect, this.plan.from(), this.plan.to(),
				ScriptFrame.of(this.dialect, this.plan).around(this.statements), notes);
	}

	/**
	 * The conversion writes to these tables, and the swap of MySQL and MariaDB locks
	 * them.
	 */
	private void bookkeeping() {
		for (String ddl : BookkeepingDdl.statements(this.dialect, this.tables)) {
			boolean exists = Arrays.stream(BookkeepingTable.values())
				.filter((table) -> ddl.contains(" " + this.tables.sql(table, this.dialect) + " ("))
				.anyMatch((table) -> this.catalog.table(this.tables.name(table)).isPresent());
			if (!exists) {
				add("bookkeeping", "Our own tables, in which upgrade keeps its record; ADK does not see them",
						Kind.BOOKKEEPING, ddl);
			}
		}
	}

	private void step(MigrationStep step) {
		if (step instanceof MigrationStep.Schema schema) {
			if (pending(schema.changeset())) {
				add(step, Kind.SCHEMA, schema.changeset().sql());
			}
		}
		else if (step instanceof MigrationStep.Owner owner) {
			add(step, Kind.SCHEMA, owner.changeset().sql());
		}
		else if (step instanceof MigrationStep.Index index) {
			index.statements().forEach((sql) -> add(index, Kind.SCHEMA, sql));
		}
		else if (step instanceof MigrationStep.FinishSwap finish) {
			add(step, Kind.SCHEMA, finish.changeset().sql());
		}
		else if (step instanceof MigrationStep.Backfill backfill) {
			backfill(backfill);
		}
		else if (step instanceof MigrationStep.Swap swap) {
			swap(swap);
		}
	}

	/**
	 * The preconditions, as the plan knows their answers.
	 */
	private boolean pending(Changeset changeset) {
		return switch (changeset.id()) {
			case "ext_adk_0001_metadata" -> missing(this.tables.name(SessionTable.METADATA));
			case "ext_adk_0001_events" -> missing(this.tables.name(SessionTable.EVENTS));
			case "ext_adk_0001_shadow" -> missing(this.tables.name(BookkeepingTable.SHADOW));
			case "ext_adk_0001_schema_version" -> !this.facts.versioned();
			case "ext_adk_0001_shadow_key" -> this.catalog.table(this.tables.name(BookkeepingTable.SHADOW))
				.map((shadow) -> shadow.primaryKey().isEmpty())
				.orElse(true);
			case "ext_adk_0001_shadow_index" -> this.catalog.table(this.tables.name(BookkeepingTable.SHADOW))
				.map((shadow) -> shadow.index(PostgresSwap.shadowIndex(this.tables)).isEmpty())
				.orElse(true);
			// The plan holds every other one only where it is needed.
			default -> true;
		};
	}

	private boolean missing(String table) {
		return this.catalog.table(table).isEmpty();
	}

	private void backfill(MigrationStep.Backfill step) {
		add(step.id(), step.description() + ".\n"
				+ "THIS IS A STEP OF OURS, which no SQL can do: here adk-migrate upgrade converts the rows of\n"
				+ this.source.name(SessionTable.EVENTS) + " into " + this.tables.name(BookkeepingTable.SHADOW)
				+ ", batch by batch, and lists in " + this.tables.name(BookkeepingTable.QUARANTINE) + "\n"
				+ "those that it cannot convert. Without rows there is nothing to convert, and the script does\n"
				+ "the same as upgrade; the statement below ends it with an error if there are any.", Kind.CONVERSION,
				guard());
		if (this.dialect == DatabaseDialect.SQLITE) {
			String made = this.facts.shadow();
			String definition = made != null ? made
					: this.plan.steps()
						.stream()
						.filter((other) -> other.id().endsWith("_0001_shadow"))
						.map((other) -> ((MigrationStep.Schema) other).changeset().sql())
						.findFirst()
						.orElseThrow();
			new SqlitePrimaryKey(this.tables).changes(definition)
				.forEach((change) -> add(step, Kind.SCHEMA, change.sql()));
		}
	}

	/**
	 * Returns a statement that fails if there are events.
	 */
	private String guard() {
		// Where the tables of the source stay, upgrade copies their sessions as well.
		String events = this.source.sql(this.plan.beside().isPresent() ? SessionTable.SESSIONS : SessionTable.EVENTS,
				this.dialect);
		return switch (this.dialect) {
			case POSTGRESQL -> "DO $$ BEGIN IF EXISTS (SELECT 1 FROM " + events + ") THEN\n"
					+ "  RAISE EXCEPTION 'the table of events has rows: let adk-migrate upgrade convert them';\n"
					+ "END IF; END $$";
			case SQLITE -> "SELECT json('the table of events has rows: let adk-migrate upgrade convert them') FROM "
					+ events + " LIMIT 1";
			// The message says that a subquery returns more than one row.
			case MYSQL, MARIADB -> "SET @adk_migration_events_have_rows = (SELECT 1 FROM " + events
					+ " e JOIN (SELECT 1 AS n UNION ALL SELECT 2) two LIMIT 2)";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	private void swap(MigrationStep.Swap step) {
		PostgresFacts postgres = this.facts.postgres();
		SqliteFacts sqlite = this.facts.sqlite();
		if (postgres != null) {
			PostgresSwap swap = new PostgresSwap(this.tables, this.catalog.schema(), step, this.settings.timeout(),
					FIRST);
			swap.locks().forEach((lock) -> add(step, Kind.SESSION, lock));
			// Somebody may have written between the first look and the lock.
			add(step, Kind.CONVERSION, guard());
			executed(swap.changes(postgres, swap.stateRows().atAnyTime()))
				.forEach((change) -> add(step, Kind.SCHEMA, change.sql()));
			add(step, Kind.SCHEMA, PostgresSwap.validation(this.tables));
		}
		else if (sqlite != null) {
			SqliteSwap swap = new SqliteSwap(this.tables, this.catalog, step, FIRST);
			executed(swap.changes(sqlite, swap.stateRows().atAnyTime()))
				.forEach((change) -> add(step, Kind.SCHEMA, change.sql()));
		}
		else {
			MysqlSwap swap = new MysqlSwap(this.dialect, this.tables, step, false, List.of(), FIRST);
			add(step, Kind.SESSION, "SET autocommit = 0");
			add(step, Kind.SESSION, swap.lock());
			add(step, Kind.CONVERSION, guard());
			swap.stateRows().atAnyTime().forEach((change) -> add(step, Kind.SCHEMA, change.sql()));
			add(step, Kind.SESSION, "COMMIT");
			swap.renames().forEach((rename) -> add(step, Kind.SCHEMA, rename.sql()));
			add(step, Kind.SESSION, "UNLOCK TABLES");
			add(step, Kind.SESSION, "SET autocommit = 1");
		}
	}

	private static Stream<Change> executed(List<Change> changes) {
		return changes.stream().filter((change) -> !change.sql().isEmpty());
	}

	private void add(MigrationStep step, Kind kind, String sql) {
		add(step.id(), step.description(), kind, sql);
	}

	private void add(String step, String description, Kind kind, String sql) {
		boolean first = this.statements.isEmpty()
				|| !this.statements.get(this.statements.size() - 1).step().equals(step);
		this.statements.add(new Statement(step, first ? description : "", kind, sql));
	}

}
