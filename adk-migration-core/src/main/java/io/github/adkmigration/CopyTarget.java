package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.convert.CopyMarker;
import io.github.adkmigration.convert.CopyMarker.Mark;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Decides whether a database may take the rows of another: only if it has none of its
 * own, so that nothing is ever mixed or overwritten.
 */
final class CopyTarget {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final Planning planning;

	CopyTarget(DatabaseDialect dialect, MigrationSettings settings, Planning planning) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.planning = planning;
	}

	/**
	 * Decide.
	 * @param connection a connection to the target
	 * @param mark the source and the conversion
	 * @return how far the copy is
	 * @throws MigrationException with {@code REFUSED} if the target must not be written
	 * to
	 */
	Decision decide(Connection connection, Mark mark) throws SQLException {
		MigrationPlan plan = this.planning.plan(connection);
		if (plan.convertsEvents()) {
			throw refused("The target holds the tables of " + plan.from() + ", an older layout.");
		}
		if (this.settings.ownerColumn() != null && this.settings.ownerColumn().notNull()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"The owner column is NOT NULL, and the sessions of a source have no owner.",
					"Copy into a column without NOT NULL, give every session its owner, and make it NOT NULL then.");
		}
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		Bookkeeping bookkeeping = Bookkeeping.read(connection, new RunHistory(this.dialect, this.tables), this.tables,
				catalog);
		if (bookkeeping.ahead(BundledChangelog.HEAD)) {
			throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE, bookkeeping.aheadOf(),
					"Copy with the newer version.");
		}
		if (bookkeeping.goingBack()) {
			throw refused("A downgrade of the target has not come to its end.");
		}
		CopyMarker marker = new CopyMarker(new Side(this.dialect, this.tables));
		boolean marked = catalog.table(this.tables.name(BookkeepingTable.CHECKPOINT)).isPresent();
		Optional<Mark> unfinished = marked ? marker.unfinished(connection) : Optional.empty();
		if (unfinished.isPresent()) {
			same(unfinished.get(), mark);
			return new Decision(plan, State.UNFINISHED);
		}
		Optional<Mark> finished = marked ? marker.finished(connection) : Optional.empty();
		List<String> filled = filled(connection, catalog);
		if (finished.isPresent() && finished.get().source().equals(mark.source()) && !filled.isEmpty()) {
			return new Decision(plan, State.FINISHED);
		}
		if (!filled.isEmpty()) {
			throw refused("The target holds rows already: " + String.join(", ", filled) + ".");
		}
		return new Decision(plan, State.EMPTY);
	}

	private void same(Mark begun, Mark mark) {
		if (!begun.source().equals(mark.source())) {
			throw refused("The target holds an unfinished copy of another source.");
		}
		if (!begun.conversion().equals(mark.conversion())) {
			throw refused("The target holds an unfinished copy of this source that reads its rows in another way: with"
					+ " another time zone, another meaning of the time column, or by another version.");
		}
	}

	private static MigrationException refused(String fact) {
		return new MigrationException(MigrationErrorCode.REFUSED, fact,
				"Copy into an empty database, another schema or under another table prefix; nothing was changed.");
	}

	private List<String> filled(Connection connection, Catalog catalog) throws SQLException {
		List<String> filled = new ArrayList<>();
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES,
				SessionTable.USER_STATES)) {
			if (catalog.table(this.tables.name(table)).isPresent()
					&& holdsRows(connection, this.tables.sql(table, this.dialect))) {
				filled.add(this.tables.name(table));
			}
		}
		if (catalog.table(this.tables.name(BookkeepingTable.QUARANTINE)).isPresent()
				&& holdsRows(connection, this.tables.sql(BookkeepingTable.QUARANTINE, this.dialect))) {
			filled.add(this.tables.name(BookkeepingTable.QUARANTINE));
		}
		return filled;
	}

	private static boolean holdsRows(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
			return row.next();
		}
	}

	/** How far a copy is. */
	enum State {

		/** Nothing has been copied. */
		EMPTY,

		/** Some rows have been copied. */
		UNFINISHED,

		/** The same source has been copied before. */
		FINISHED

	}

	/**
	 * The decision.
	 *
	 * @param plan what brings the target to head, without rows
	 * @param state how far the copy is
	 */
	record Decision(MigrationPlan plan, State state) {
	}

}
