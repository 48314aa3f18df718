package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.convert.CheckpointStore.Checkpoint;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies sessions and states from one database to another, each batch with its checkpoint
 * in one transaction. A copy that died goes on at its checkpoint.
 *
 * @since 0.1.0
 */
public final class StateCopy {

	private static final JsonMapper JSON = new JsonMapper();

	private final Side from;

	private final Side to;

	private final LayoutFamily family;

	private final int batchSize;

	private final String conversion;

	/**
	 * Describe a copy.
	 * @param from where the rows are
	 * @param to where they go
	 * @param family who wrote the rows
	 * @param batchSize rows per batch
	 * @param conversion id of the conversion, of which this copy is a part
	 */
	public StateCopy(Side from, Side to, LayoutFamily family, int batchSize, String conversion) {
		this.from = from;
		this.to = to;
		this.family = family;
		this.batchSize = batchSize;
		this.conversion = conversion;
	}

	/**
	 * Copy what has not been copied.
	 * @param target a connection in auto-commit mode, used by nobody else
	 * @param source a connection to the source
	 * @throws SQLException if a statement fails
	 */
	public void run(Connection target, Connection source) throws SQLException {
		for (StateTable table : StateTable.values()) {
			run(target, source, table);
		}
	}

	/**
	 * Create the state rows that adk-python 1.25 and newer expect and the source lacks.
	 * @param target a connection in auto-commit mode
	 * @throws SQLException if a statement fails
	 */
	public void createMissing(Connection target) throws SQLException {
		try (Statement statement = target.createStatement()) {
			statement.executeUpdate(StateWriter.createMissing(this.to, StateTable.APP_STATES));
			statement.executeUpdate(StateWriter.createMissing(this.to, StateTable.USER_STATES));
		}
	}

	/**
	 * Return what compares a finished copy with its source, row by row.
	 * @param missingCreated whether {@link #createMissing} was called
	 * @return a comparison, not yet run
	 */
	public StateComparison comparison(boolean missingCreated) {
		return new StateComparison(this, this.from, this.to, missingCreated);
	}

	StateRows reader(StateTable table, @Nullable List<String> after) {
		JsonTarget target = this.to.dialect().binaryJson() ? JsonTarget.BINARY : JsonTarget.TEXT;
		StateReader rows = new StateReader(this.from, table, this.family, target, after);
		Optional<BesideTables> merged = this.from.beside().filter(BesideTables::merged);
		return table == StateTable.SESSIONS || merged.isEmpty() ? rows
				: new MergedStateReader(this.from, merged.get(), table, rows, after);
	}

	/**
	 * Fill tables beside those of the source anew, within the transaction of the caller,
	 * who keeps writers out.
	 * @param connection a connection with an open transaction or table locks
	 * @param owner a column of the sessions that is carried over, or {@code null}
	 * @throws SQLException if a statement fails
	 * @throws MigrationException with {@code VERIFICATION_FAILED} if the target has
	 * another value in that column
	 */
	public void fill(Connection connection, @Nullable OwnerColumn owner) throws SQLException {
		OwnerValues values = owner == null ? null : new OwnerValues(this.from, this.to, owner);
		try (ForeignKeyChecks checks = ForeignKeyChecks.suspend(connection, this.to.dialect());
				Statement statement = connection.createStatement()) {
			// A run that died in its swap may have filled them.
			statement.executeUpdate("DELETE FROM "
					+ this.to.tables().sql(BookkeepingTable.SUBSTITUTION, this.to.dialect()) + " WHERE id = ''");
			for (StateTable table : StateTable.values()) {
				statement.executeUpdate("DELETE FROM " + this.to.sql(table.table()));
				StateRows reader = reader(table, null);
				StateWriter writer = new StateWriter(this.to, table, table == StateTable.SESSIONS ? values : null);
				for (List<StateRow> page = reader.next(connection, this.batchSize); !page.isEmpty(); page = reader
					.next(connection, this.batchSize)) {
					writer.write(connection, page);
				}
			}
			if (values != null) {
				values.verify(connection);
			}
		}
	}

	private void run(Connection target, Connection source, StateTable table) throws SQLException {
		CheckpointStore checkpoints = new CheckpointStore(this.to.dialect(), this.to.tables(), table.label());
		Optional<Checkpoint> found = checkpoints.read(target, this.conversion);
		if (found.isEmpty()) {
			checkpoints.start(target, this.conversion);
		}
		Checkpoint checkpoint = found.orElse(new Checkpoint(null, RowCounts.NONE));
		StateRows reader = reader(table, key(checkpoint.lastKey()));
		StateWriter writer = new StateWriter(this.to, table);
		List<StateRow> page = reader.next(source, this.batchSize);
		while (!page.isEmpty()) {
			RowCounts counts = new RowCounts(page.size(), page.size(),
					page.stream().filter((row) -> !row.substitutions().isEmpty()).count(), 0, 0);
			checkpoint = new Checkpoint(JSON.writeValueAsString(page.get(page.size() - 1).key()),
					checkpoint.counts().plus(counts));
			write(target, writer, page, checkpoints, checkpoint);
			page = reader.next(source, this.batchSize);
		}
	}

	private static @Nullable List<String> key(@Nullable String json) {
		return json == null ? null : Arrays.asList(JSON.readValue(json, String[].class));
	}

	private static void write(Connection target, StateWriter writer, List<StateRow> page, CheckpointStore checkpoints,
			Checkpoint checkpoint) throws SQLException {
		target.setAutoCommit(false);
		try {
			writer.write(target, page);
			checkpoints.update(target, checkpoint);
			target.commit();
			target.setAutoCommit(true);
		}
		catch (SQLException | RuntimeException | Error ex) {
			ShadowCopy.undo(target, ex);
			throw ex;
		}
	}

}
