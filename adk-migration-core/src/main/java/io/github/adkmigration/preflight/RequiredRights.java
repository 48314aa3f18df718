package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rights a plan needs, on the tables that it will find. A right that only
 * some versions of a server ask for is not among them.
 */
final class RequiredRights {

	private static final String SELECT = "SELECT";

	private static final String INSERT = "INSERT";

	private static final String UPDATE = "UPDATE";

	private static final String DELETE = "DELETE";

	private static final String CREATE = "CREATE";

	private static final String REFERENCES = "REFERENCES";

	private static final List<BookkeepingTable> RECORDS = List.of(BookkeepingTable.RUN, BookkeepingTable.STEP,
			BookkeepingTable.CHANGELOG, BookkeepingTable.CHANGELOG_LOCK);

	private static final List<BookkeepingTable> COPIES = List.of(BookkeepingTable.CHECKPOINT,
			BookkeepingTable.QUARANTINE, BookkeepingTable.SUBSTITUTION);

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final @Nullable OwnerColumn owner;

	private final MigrationPlan plan;

	private final Set<RequiredRight> rights = new LinkedHashSet<>();

	private RequiredRights(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan) {
		this.dialect = dialect;
		this.tables = settings.tables();
		this.owner = settings.ownerColumn();
		this.plan = plan;
	}

	static List<RequiredRight> of(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan) {
		RequiredRights required = new RequiredRights(dialect, settings, plan);
		if (!plan.isEmpty()) {
			if (dialect == DatabaseDialect.POSTGRESQL) {
				required.postgres();
			}
			else if (dialect.mysqlFamily()) {
				required.mysql();
			}
		}
		return new ArrayList<>(required.rights);
	}

	/** The tables of a writer that calls them otherwise are read, and kept still. */
	private void beside(String... wanted) {
		this.plan.beside()
			.ifPresent((beside) -> beside.tables()
				.forEach((name) -> Stream.of(wanted)
					.forEach((right) -> this.rights
						.add(new RequiredRight(right, this.tables.qualify(name, this.dialect), name)))));
	}

	private boolean handsOver() {
		return this.plan.beside().filter((source) -> source.handsOver(this.tables)).isPresent();
	}

	/** Both names of a table that is renamed. */
	private void handedOver() {
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			any(BookkeepingTable.kept(table), CREATE, INSERT);
			any(BookkeepingTable.shadow(table), CREATE, SELECT, INSERT, DELETE, "ALTER", "DROP");
		}
		any(BookkeepingTable.KEPT, CREATE, INSERT);
	}

	private void postgres() {
		this.rights.add(new RequiredRight("USAGE", "", ""));
		this.rights.add(new RequiredRight(CREATE, "", ""));
		RECORDS.forEach((table) -> existing(table, SELECT, INSERT, UPDATE));
		existing(BookkeepingTable.CHANGELOG_LOCK, DELETE);
		if (this.plan.convertsEvents()) {
			COPIES.forEach((table) -> existing(table, SELECT, INSERT, UPDATE, DELETE));
			existing(BookkeepingTable.SHADOW, RequiredRight.OWNER);
		}
		for (MigrationStep step : this.plan.steps()) {
			if (step instanceof MigrationStep.Swap) {
				beside(SELECT, RequiredRight.LOCK);
				if (handsOver()) {
					beside(RequiredRight.OWNER);
				}
				existing(SessionTable.EVENTS, RequiredRight.OWNER, SELECT);
				existing(SessionTable.SESSIONS, SELECT, REFERENCES, RequiredRight.LOCK);
				existing(SessionTable.APP_STATES, SELECT, INSERT, RequiredRight.LOCK);
				existing(SessionTable.USER_STATES, SELECT, INSERT, RequiredRight.LOCK);
				existing(SessionTable.METADATA, SELECT);
			}
			else if (step instanceof MigrationStep.Owner) {
				existing(SessionTable.SESSIONS, RequiredRight.OWNER);
				ownersTable();
			}
			else {
				altered(step, RequiredRight.OWNER);
			}
		}
	}

	private void mysql() {
		// Also for a table that exists already.
		RECORDS.forEach((table) -> any(table, CREATE, SELECT, INSERT, UPDATE));
		COPIES.forEach((table) -> any(table, CREATE));
		any(BookkeepingTable.CHANGELOG_LOCK, DELETE);
		if (this.plan.convertsEvents()) {
			COPIES.forEach((table) -> any(table, SELECT, INSERT, UPDATE, DELETE));
			any(BookkeepingTable.SHADOW, CREATE, SELECT, INSERT, DELETE);
			this.rights.add(new RequiredRight("LOCK TABLES", "", ""));
		}
		for (MigrationStep step : this.plan.steps()) {
			if (step instanceof MigrationStep.Swap swap) {
				beside(SELECT);
				if (swap.beside().isPresent()) {
					any(SessionTable.SESSIONS, INSERT, DELETE);
					any(SessionTable.APP_STATES, DELETE);
					any(SessionTable.USER_STATES, DELETE);
				}
				if (handsOver()) {
					beside("ALTER", "DROP");
					handedOver();
				}
				any(SessionTable.EVENTS, SELECT, "ALTER", "DROP");
				any(SessionTable.SESSIONS, SELECT);
				any(SessionTable.APP_STATES, SELECT, INSERT);
				any(SessionTable.USER_STATES, SELECT, INSERT);
				referred();
			}
			else if (step instanceof MigrationStep.Owner) {
				any(SessionTable.SESSIONS, "ALTER");
			}
			else {
				altered(step, "ALTER");
			}
		}
	}

	/** MariaDB lets everybody refer to a table. */
	private void referred() {
		if (this.dialect == DatabaseDialect.MYSQL) {
			any(SessionTable.SESSIONS, REFERENCES);
		}
	}

	/** On MySQL it may stand in another database, which the grants are not asked for. */
	private void ownersTable() {
		String table = this.owner == null ? "" : this.owner.referencedTable(this.dialect);
		if (!table.isEmpty()) {
			this.rights.add(new RequiredRight(REFERENCES, table, table.replace("\"", "")));
		}
	}

	private void altered(MigrationStep step, String right) {
		boolean mysql = this.dialect.mysqlFamily();
		for (SessionTable table : SessionTable.values()) {
			if (step.id().endsWith(table.defaultName() + "_columns")) {
				existing(table, right);
			}
			else if (step.id().endsWith(table.defaultName() + "_nulls")) {
				existing(table, SELECT, UPDATE);
			}
		}
		if (step instanceof MigrationStep.EventTimes) {
			existing(SessionTable.EVENTS, SELECT, UPDATE);
			existing(SessionTable.SESSIONS, SELECT, UPDATE);
			existing(BookkeepingTable.CHECKPOINT, SELECT, INSERT, UPDATE, DELETE);
			existing(BookkeepingTable.FORMER_TIMES, SELECT, INSERT, UPDATE, DELETE);
			if (mysql) {
				any(BookkeepingTable.FORMER_TIMES, CREATE, SELECT, INSERT, DELETE);
			}
		}
		else if (step.id().endsWith("0002_events_index")) {
			existing(SessionTable.EVENTS, mysql ? "INDEX" : right);
		}
		else if (step.id().endsWith("0001_events")) {
			if (mysql) {
				referred();
			}
			else {
				existing(SessionTable.SESSIONS, REFERENCES);
			}
		}
		else if (step.id().endsWith("0001_schema_version")) {
			existing(SessionTable.METADATA, SELECT, INSERT);
		}
	}

	private void existing(SessionTable table, String... wanted) {
		if (this.plan.detected().catalog().table(this.tables.name(table)).isPresent()) {
			any(table, wanted);
		}
	}

	private void existing(BookkeepingTable table, String... wanted) {
		if (this.plan.detected().catalog().table(this.tables.name(table)).isPresent()) {
			any(table, wanted);
		}
	}

	private void any(SessionTable table, String... wanted) {
		for (String right : wanted) {
			this.rights.add(new RequiredRight(right, this.tables.sql(table, this.dialect), this.tables.name(table)));
		}
	}

	private void any(BookkeepingTable table, String... wanted) {
		for (String right : wanted) {
			this.rights.add(new RequiredRight(right, this.tables.sql(table, this.dialect), this.tables.name(table)));
		}
	}

}
