package io.github.adkmigration.detect;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a writer that calls them otherwise than head, so that they stand beside
 * head's and stay as they are: what they are called, and how they read as if their
 * columns were head's. In a statement the events are called {@code e}, all others
 * {@code s}.
 *
 * @param layout which layout
 * @param dialect dialect of the database
 * @param names what the tables are called, those of head where the layout has none
 * @param owned for which of head's tables the layout has one
 * @param relations what stands behind FROM for each table, without an alias
 * @param position the column of events that is unique and in whose order they are stored,
 * empty where there is none
 * @param merged whether a row of the states is only a part of one, so that the rows of
 * one key have to be put together
 * @param aliases under which names a statement uses the tables, each as MySQL locks it
 * @param extras columns of the sessions that are not the layout's
 * @since 0.1.0
 */
public record BesideTables(Layout layout, DatabaseDialect dialect, SessionTables names, Set<SessionTable> owned,
		Map<SessionTable, String> relations, String position, boolean merged, List<String> aliases,
		List<Catalog.Column> extras) {

	/** The variable of a session of MySQL that holds the zone of SQLSpec's columns. */
	public static final String ZONE = "adk_migration_zone";

	public BesideTables {
		owned = Set.copyOf(owned);
		relations = Map.copyOf(relations);
		aliases = List.copyOf(aliases);
		extras = List.copyOf(extras);
	}

	/**
	 * Return the columns of the sessions that the new ones do not get.
	 * @param owner the owner column of the new ones, or {@code null}
	 * @return the names of columns that are not the layout's either
	 */
	public List<String> staying(@Nullable OwnerColumn owner) {
		return this.extras.stream()
			.map(Catalog.Column::name)
			.filter((column) -> owner == null || !column.equals(owner.name()))
			.toList();
	}

	/**
	 * Find the tables of what was detected.
	 * @param detected what was found
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return the tables, empty for a layout with head's own names
	 */
	public static Optional<BesideTables> of(DetectedSchema detected, DatabaseDialect dialect, SessionTables tables) {
		return detected instanceof DetectedSchema.Known known && (known.layout().family() == LayoutFamily.SQLSPEC
				|| known.layout().family() == LayoutFamily.JAVA_PR647)
						? OtherTables.find(known.catalog(), tables)
							.map((store) -> new BesideRelations(store, known.catalog(), dialect).tables())
						: Optional.empty();
	}

	/**
	 * Find tables that a conversion has kept, under other names or beside those of head.
	 * @param catalog the tables that exist
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return the tables, if there are such
	 */
	public static Optional<BesideTables> kept(Catalog catalog, DatabaseDialect dialect, SessionTables tables) {
		return OtherTables.kept(catalog, tables)
			.or(() -> OtherTables.present(catalog, tables))
			.map((store) -> new BesideRelations(store, catalog, dialect).tables());
	}

	/**
	 * Return the table of events.
	 * @return its columns and keys
	 */
	public Catalog.Table events(Catalog catalog) {
		return catalog.table(this.names.name(SessionTable.EVENTS))
			.orElseThrow(() -> new IllegalStateException("The events of a known layout have gone"));
	}

	/**
	 * Return how a table reads as if its columns were head's.
	 * @param table which
	 * @return what stands behind FROM in a statement, without an alias
	 */
	public String relation(SessionTable table) {
		return this.relations.getOrDefault(table, this.names.sql(table, this.dialect));
	}

	/**
	 * Return the names of the tables that hold rows of the source.
	 * @return plain names, lower case
	 */
	public List<String> tables() {
		return Stream.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES, SessionTable.USER_STATES)
			.filter(this.owned::contains)
			.map(this.names::name)
			.toList();
	}

	/**
	 * Return whether the layout has a table of its own for something.
	 * @param table what
	 * @return whether it has
	 */
	public boolean own(SessionTable table) {
		return this.owned.contains(table);
	}

	/**
	 * Return whether events are pickles beside columns, and not JSON.
	 * @return whether they are
	 */
	public boolean pickled() {
		return this.layout.level().equals("sqlspec-0.31.0");
	}

	/**
	 * Return the table in which rows stand that become those of one of head's.
	 * @param table which of head's
	 * @return the table as it stands in a statement
	 */
	public String base(SessionTable table) {
		return this.names.sql(this.owned.contains(table) ? table : SessionTable.SESSIONS, this.dialect);
	}

	/**
	 * Return whether a name of the target is that of a table of the source, so that the
	 * one cannot stand beside the other.
	 * @param target the names of the target
	 * @return whether they collide
	 */
	public boolean collides(SessionTables target) {
		return tables().stream().anyMatch(target.names()::containsValue);
	}

	/**
	 * Return what the new tables are called until the swap: otherwise than in the end
	 * where a table of the source still has the name.
	 * @param target the names of the target
	 * @param catalog the tables that exist
	 * @return the names, that of the events as in the end
	 */
	public SessionTables fresh(SessionTables target, Catalog catalog) {
		Map<SessionTable, String> others = new EnumMap<>(SessionTable.class);
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			String shadow = target.name(BookkeepingTable.shadow(table));
			boolean half = catalog.table(shadow).isPresent() && catalog.table(target.name(table)).isEmpty();
			if (half || tables().contains(target.name(table))) {
				others.put(table, shadow);
			}
		}
		return target.called(others);
	}

	/**
	 * Return whether the tables hand their names over, and are kept under others.
	 * @param target the names of the target
	 * @return whether they do, or have begun to
	 */
	public boolean handsOver(SessionTables target) {
		return collides(target) || handing(target);
	}

	/**
	 * Return whether a run has died while the tables handed their names over.
	 * @param target the names of the target
	 * @return whether the events are under the name by which they are kept
	 */
	public boolean handing(SessionTables target) {
		return this.names.name(SessionTable.EVENTS).equals(target.name(BookkeepingTable.KEPT));
	}

	/**
	 * Return whether the sessions have a column that is not the layout's.
	 * @param column its name, lower case
	 * @return whether they have
	 */
	public boolean hasExtra(String column) {
		return this.extras.stream().anyMatch((extra) -> extra.name().equals(column));
	}

	static String alias(SessionTable table) {
		return "p_" + table.defaultName();
	}

	/**
	 * Return the name by which a statement uses a table a second time.
	 * @param table which
	 * @return an alias
	 */
	public static String secondAlias(SessionTable table) {
		return "d_" + table.defaultName();
	}

}
