package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The swap in one transaction. Names of constraints and indexes share the schema, so the
 * kept table hands its own over to the new one. The foreign key is added without a look
 * at the rows, which are known to have their sessions, and validated afterwards, when
 * that keeps no writer out.
 */
final class PostgresSwap implements TableSwap {

	private static final DatabaseDialect DIALECT = DatabaseDialect.POSTGRESQL;

	private static final int LONGEST_NAME = 63;

	private static final String FOREIGN_KEY_SUFFIX = "_app_name_user_id_session_id_fkey";

	private static final String KEY_SUFFIX = "_pkey";

	private final SessionTables tables;

	private final SessionTables fresh;

	private final String schema;

	private final LayoutFamily source;

	private final BundledChangelog changelog;

	private final Duration timeout;

	private final Optional<BesideSwap> beside;

	private final int sinceNumber;

	PostgresSwap(SessionTables tables, String schema, MigrationStep.Swap step, Duration timeout, int sinceNumber) {
		this.tables = tables;
		this.schema = schema;
		this.source = step.source();
		this.changelog = step.changelog();
		this.timeout = timeout;
		this.fresh = step.fresh();
		this.beside = BesideSwap.of(DIALECT, tables, step, sinceNumber);
		this.sinceNumber = sinceNumber;
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		connection.setAutoCommit(false);
		RowCounts counts;
		try {
			SqlScript script = new SqlScript(connection);
			new PostgresTableLock(this.tables, locks(), this.timeout).acquire(connection);
			counts = work.reconcile(connection);
			script.execute(changes(facts(connection), stateRows().at(StateRows.now(script, DIALECT))));
			work.swapping(connection, script.changeset(this.changelog.get("0001_swap"), List.of()));
			work.swapped(connection);
			connection.commit();
		}
		catch (SQLException | RuntimeException | Error ex) {
			TableSwap.rollback(connection, ex);
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
		validate(connection, this.tables);
		return new Swapped(counts,
				this.beside.map(BesideSwap::kept).orElseGet(() -> List.of(this.tables.name(BookkeepingTable.KEPT))));
	}

	/**
	 * Return what keeps applications out.
	 */
	List<String> locks() {
		return this.beside
			.map((swap) -> PostgresTableLock.beside(this.fresh, swap.source(), !swap.handedOver().isEmpty()))
			.orElseGet(() -> PostgresTableLock.swapped(this.tables));
	}

	/**
	 * Return what is known of the tables.
	 */
	PostgresFacts facts(Connection connection) throws SQLException {
		return PostgresFacts.read(connection, this.tables, this.schema, this.changelog,
				this.beside.map(BesideSwap::inherited).orElse(Map.of()));
	}

	/**
	 * Return the rows that newer writers expect.
	 */
	StateRows stateRows() {
		return new StateRows(DIALECT, this.fresh, this.changelog);
	}

	/**
	 * Return what is executed after the rows are accounted for.
	 * @param facts what is known of the tables
	 * @param stateRows what creates the state rows
	 */
	List<Change> changes(PostgresFacts facts, List<Change> stateRows) {
		String events = this.tables.sql(SessionTable.EVENTS, DIALECT);
		String eventsName = this.tables.name(SessionTable.EVENTS);
		String keptName = this.tables.name(BookkeepingTable.KEPT);
		String shadow = this.tables.sql(BookkeepingTable.SHADOW, DIALECT);
		String shadowName = this.tables.name(BookkeepingTable.SHADOW);
		List<Change> changes = new ArrayList<>(
				this.beside.isPresent() ? BesideSwap.withoutUndoing(stateRows) : stateRows);
		String foreignKey = foreignKey(facts, cut(eventsName + FOREIGN_KEY_SUFFIX));
		facts.constraints().forEach((name, type) -> {
			if (type.equals("p") || name.equals(foreignKey)) {
				renameConstraint(changes, events, name,
						cut(keptName + (type.equals("p") ? KEY_SUFFIX : FOREIGN_KEY_SUFFIX)));
			}
		});
		if (facts.indexes().contains(this.tables.eventsIndexName())) {
			renameIndex(changes, this.tables.eventsIndexName(), keptName + "_ts_id");
		}
		if (facts.indexes().contains(this.tables.supersededIndexName())) {
			renameIndex(changes, this.tables.supersededIndexName(), keptName + "_ts");
		}
		if (this.source == LayoutFamily.JS) {
			// adk-js has another key of sessions, which cannot come back while this one
			// is
			// referred to.
			String since = this.tables.name(BookkeepingTable.SINCE, this.sinceNumber);
			changes.add(Change.undoneBy(List.of("ALTER TABLE " + this.tables.qualify(since, DIALECT)
					+ " DROP CONSTRAINT IF EXISTS " + quote(cut(since + FOREIGN_KEY_SUFFIX)))));
		}
		if (this.beside.isPresent()) {
			changes.addAll(this.beside.get().followedByKeys());
		}
		else {
			changes.add(Change.of(this.changelog.get("0001_keep_events")));
		}
		String shadowForeignKey = cut(shadowName + FOREIGN_KEY_SUFFIX);
		changes.add(new Change("ALTER TABLE " + shadow + " ADD CONSTRAINT " + quote(shadowForeignKey)
				+ " FOREIGN KEY (app_name, user_id, session_id) REFERENCES "
				+ this.tables.sql(SessionTable.SESSIONS, DIALECT)
				+ " (app_name, user_id, id) ON DELETE CASCADE NOT VALID", ""));
		// To undo this is to put the table aside under yet another name.
		List<Change> renames = new ArrayList<>();
		renameConstraint(renames, shadow, shadowForeignKey, cut(eventsName + FOREIGN_KEY_SUFFIX));
		renameConstraint(renames, shadow, shadowName + KEY_SUFFIX, cut(eventsName + KEY_SUFFIX));
		if (facts.shadowIndexed()) {
			renameIndex(renames, shadowIndex(this.tables), this.tables.eventsIndexName());
		}
		renames.forEach((rename) -> changes.add(new Change(rename.sql(), "")));
		changes.add(Change.of(this.changelog.get("0001_swap")));
		changes.add(Change.undoneBy(namesOfSince(events, eventsName)));
		facts.grants().forEach((grant) -> changes.add(new Change(grant, "")));
		// The policies stay with the old table, and without any nobody but the owner
		// sees a row of the new one.
		facts.rowSecurity()
			.forEach((action) -> changes
				.add(new Change("ALTER TABLE " + events + " " + action + " ROW LEVEL SECURITY", "")));
		if (!facts.marked()) {
			changes.add(Change.of(this.changelog.get("0001_metadata")));
			facts.metadataGrants().forEach((grant) -> changes.add(new Change(grant, "")));
		}
		if (!facts.versioned()) {
			changes.add(Change.of(this.changelog.get("0001_schema_version")));
		}
		return changes;
	}

	/**
	 * Validate what a swap has added without a look at the rows, also for a run that died
	 * before it could.
	 */
	static void validate(Connection connection, SessionTables tables) throws SQLException {
		SqlScript script = new SqlScript(connection);
		boolean pending = !script
			.strings("SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = "
					+ DIALECT.literal(tables.sql(SessionTable.EVENTS, DIALECT))
					+ "::regclass AND contype = 'f' AND NOT convalidated AND conname = "
					+ DIALECT.literal(cut(tables.name(SessionTable.EVENTS) + FOREIGN_KEY_SUFFIX)))
			.isEmpty();
		if (pending) {
			script.execute(validation(tables), "");
		}
	}

	/**
	 * Return the statement that validates what a swap has added without a look at the
	 * rows.
	 */
	static String validation(SessionTables tables) {
		return "ALTER TABLE " + tables.sql(SessionTable.EVENTS, DIALECT) + " VALIDATE CONSTRAINT "
				+ quote(cut(tables.name(SessionTable.EVENTS) + FOREIGN_KEY_SUFFIX));
	}

	/**
	 * Return the name that head's index has while its table is not yet in place.
	 */
	static String shadowIndex(SessionTables tables) {
		return tables.name(BookkeepingTable.SHADOW) + "_ts_id";
	}

	/**
	 * Return the constraints that PostgreSQL makes of declarations without names, with
	 * the letter of their type.
	 */
	static Map<String, String> defaultConstraints(String table) {
		Map<String, String> names = new LinkedHashMap<>();
		// Of a name that is too long PostgreSQL cuts the longer part.
		names.put(table.substring(0, Math.min(table.length(), LONGEST_NAME - FOREIGN_KEY_SUFFIX.length()))
				+ FOREIGN_KEY_SUFFIX, "f");
		names.put(cut(table + KEY_SUFFIX), "p");
		return names;
	}

	private static void renameConstraint(List<Change> changes, String table, String from, String to) {
		if (!from.equals(to)) {
			changes.add(new Change("ALTER TABLE " + table + " RENAME CONSTRAINT " + quote(from) + " TO " + quote(to),
					"ALTER TABLE " + table + " RENAME CONSTRAINT " + quote(to) + " TO " + quote(from)));
		}
	}

	private void renameIndex(List<Change> changes, String from, String to) {
		changes.add(new Change("ALTER INDEX " + this.tables.qualify(from, DIALECT) + " RENAME TO " + quote(cut(to)),
				"ALTER INDEX " + this.tables.qualify(cut(to), DIALECT) + " RENAME TO " + quote(from)));
	}

	/**
	 * Return the foreign key whose name has to be free for the new table. adk-go adds one
	 * of its own, whose name is in nobody's way.
	 */
	private static String foreignKey(PostgresFacts facts, String wanted) {
		return facts.constraints().containsKey(wanted) ? wanted
				: facts.constraints()
					.entrySet()
					.stream()
					.filter((constraint) -> !constraint.getValue().equals("p"))
					.map(Map.Entry::getKey)
					.findFirst()
					.orElse("");
	}

	/**
	 * Return what gives the constraints and indexes of the new table names of their own,
	 * in front of its new name. Those that adk-python or a user may have made or dropped
	 * since are looked for.
	 */
	private List<String> namesOfSince(String events, String eventsName) {
		String since = this.tables.name(BookkeepingTable.SINCE, this.sinceNumber);
		return List.of(
				"ALTER TABLE " + events + " RENAME CONSTRAINT " + quote(cut(eventsName + KEY_SUFFIX)) + " TO "
						+ quote(cut(since + KEY_SUFFIX)),
				"ALTER TABLE " + events + " RENAME CONSTRAINT " + quote(cut(eventsName + FOREIGN_KEY_SUFFIX)) + " TO "
						+ quote(cut(since + FOREIGN_KEY_SUFFIX)),
				"ALTER INDEX IF EXISTS " + this.tables.qualify(this.tables.eventsIndexName(), DIALECT) + " RENAME TO "
						+ quote(cut(since + "_ts_id")),
				"ALTER INDEX IF EXISTS " + this.tables.qualify(this.tables.supersededIndexName(), DIALECT)
						+ " RENAME TO " + quote(cut(since + "_ts")));
	}

	private static String cut(String name) {
		return name.substring(0, Math.min(name.length(), LONGEST_NAME));
	}

	private static String quote(String name) {
		return DIALECT.quote(name);
	}

}
