package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.schema.BookkeepingTable;
import org.jspecify.annotations.Nullable;

/**
 * Tries rows again that were set aside: reads each from where it came, and what converts
 * now becomes an event and leaves the quarantine, in one transaction per page.
 *
 * @since 0.1.0
 */
public final class SetAsideRetry {

	private static final int MOST_ROWS = 500;

	private static final String BY_KEY = "id = ? AND app_name = ? AND user_id = ? AND session_id = ?";

	private static final String AFTER = " AND id >= ? AND (id > ? OR (app_name > ? OR (app_name = ?"
			+ " AND (user_id > ? OR (user_id = ? AND session_id > ?)))))";

	private final Conversion conversion;

	private final EventConverter converter;

	private final EventWriter writer;

	private final SetAsideWriter setAside;

	private final String quarantine;

	private Retried outcome = new Retried(0, 0, 0, 0, 0, 0);

	SetAsideRetry(Conversion conversion) {
		this.conversion = conversion;
		this.converter = conversion.converter();
		this.writer = conversion.writer();
		this.setAside = new SetAsideWriter(conversion.dialect(), conversion.tables());
		this.quarantine = conversion.tables().sql(BookkeepingTable.QUARANTINE, conversion.dialect());
	}

	/**
	 * Try all rows of a kind.
	 * @param target a connection in auto-commit mode to the database with the quarantine
	 * @param source a connection to the database with the rows, possibly the same
	 * @param orphans whether rows without a session are tried too
	 * @return what became of them
	 * @throws SQLException if a statement fails
	 */
	public Retried run(Connection target, Connection source, boolean orphans) throws SQLException {
		String kind = orphans ? "" : " AND kind = 'quarantined'";
		List<EventKey> keys = keys(target, kind, null);
		while (!keys.isEmpty()) {
			tryAgain(target, source, keys);
			keys = keys(target, kind, keys.get(keys.size() - 1));
		}
		return this.outcome;
	}

	private List<EventKey> keys(Connection target, String kind, @Nullable EventKey after) throws SQLException {
		List<EventKey> keys = new ArrayList<>();
		try (PreparedStatement select = target.prepareStatement("SELECT " + EventRows.KEY + " FROM " + this.quarantine
				+ " WHERE 1 = 1" + kind + (after == null ? "" : AFTER) + " ORDER BY " + EventRows.KEY + " LIMIT "
				+ Math.min(MOST_ROWS, this.conversion.batchSize()))) {
			if (after != null) {
				select.setString(1, after.id());
				select.setString(2, after.id());
				select.setString(3, after.appName());
				select.setString(4, after.appName());
				select.setString(5, after.userId());
				select.setString(6, after.userId());
				select.setString(7, after.sessionId());
			}
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					keys.add(new EventKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
				}
			}
		}
		return keys;
	}

	private void tryAgain(Connection target, Connection source, List<EventKey> keys) throws SQLException {
		String select = "SELECT " + this.conversion.rows().selectList() + " FROM " + this.conversion.events()
				+ " e WHERE e.id = ? AND e.app_name = ? AND e.user_id = ? AND e.session_id = ?";
		List<SourceEvent> page = new ArrayList<>();
		long bytes = 0;
		long gone = 0;
		try (PreparedStatement statement = source.prepareStatement(select)) {
			for (EventKey key : keys) {
				bind(statement, key);
				try (ResultSet row = statement.executeQuery()) {
					if (!row.next()) {
						gone++;
						continue;
					}
					SourceEvent event = this.conversion.rows().read(row);
					page.add(event);
					bytes += event.size();
				}
				if (bytes > EventReader.PAGE_BYTES) {
					write(target, page);
					bytes = 0;
				}
			}
		}
		write(target, page);
		this.outcome = this.outcome.plus(new Retried(gone, 0, 0, 0, gone, 0));
	}

	private void write(Connection target, List<SourceEvent> page) throws SQLException {
		ConvertedPage converted = this.converter.convert(new SourcePage(List.copyOf(page), ""));
		target.setAutoCommit(false);
		try {
			List<TargetEvent> fresh = without(target, converted.events());
			try (PreparedStatement delete = target
				.prepareStatement("DELETE FROM " + this.quarantine + " WHERE " + BY_KEY)) {
				for (SourceEvent event : page) {
					bind(delete, event.key());
					delete.addBatch();
				}
				delete.executeBatch();
			}
			this.writer.write(target, fresh);
			this.setAside.write(target, converted);
			target.commit();
			target.setAutoCommit(true);
			this.outcome = this.outcome
				.plus(new Retried(page.size(), converted.counts().converted(), converted.counts().substituted(),
						converted.counts().orphaned(), 0, converted.events().size() - fresh.size()));
		}
		catch (SQLException | RuntimeException | Error ex) {
			ShadowCopy.undo(target, ex);
			throw ex;
		}
		page.clear();
	}

	/**
	 * Leave out what somebody has brought in by hand.
	 */
	private List<TargetEvent> without(Connection target, List<TargetEvent> events) throws SQLException {
		List<TargetEvent> fresh = new ArrayList<>();
		try (PreparedStatement select = target
			.prepareStatement("SELECT 1 FROM " + this.conversion.target() + " WHERE " + BY_KEY)) {
			for (TargetEvent event : events) {
				bind(select, event.key());
				try (ResultSet row = select.executeQuery()) {
					if (!row.next()) {
						fresh.add(event);
					}
				}
			}
		}
		return fresh;
	}

	private static void bind(PreparedStatement statement, EventKey key) throws SQLException {
		statement.setString(1, key.id());
		statement.setString(2, key.appName());
		statement.setString(3, key.userId());
		statement.setString(4, key.sessionId());
	}

	/**
	 * The outcome.
	 *
	 * @param tried rows that were set aside
	 * @param converted rows that convert now
	 * @param substituted of these, rows of which a value had to be replaced
	 * @param orphaned rows whose session does not exist
	 * @param gone rows that are no longer where they came from
	 * @param present converted rows that somebody had brought in already
	 */
	public record Retried(long tried, long converted, long substituted, long orphaned, long gone, long present) {

		Retried plus(Retried other) {
			return new Retried(this.tried + other.tried, this.converted + other.converted,
					this.substituted + other.substituted, this.orphaned + other.orphaned, this.gone + other.gone,
					this.present + other.present);
		}

	}

}
