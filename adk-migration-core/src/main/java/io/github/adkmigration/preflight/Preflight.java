package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.LongKeyReader;
import io.github.adkmigration.catalog.LongKeyReader.LongKey;
import io.github.adkmigration.catalog.RowSecurityReader;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.clock.WriterClockDecision;
import io.github.adkmigration.clock.WriterClockEvidence;
import io.github.adkmigration.clock.WriterClockFailure;
import io.github.adkmigration.clock.WriterClockReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for whatever would make a run fail half-way, before anything is written.
 *
 * @since 0.1.0
 */
public final class Preflight {

	private static final Logger logger = LoggerFactory.getLogger(Preflight.class);

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	/**
	 * Create the check of a target.
	 * @param dialect dialect of its database
	 * @param settings names and wishes
	 */
	public Preflight(DatabaseDialect dialect, MigrationSettings settings) {
		this.dialect = dialect;
		this.settings = settings;
	}

	/**
	 * Check a plan.
	 * @param connection any connection
	 * @param plan what is about to be done
	 * @return what is known of the clock of the rows to convert; empty if none has naive
	 * times
	 * @throws SQLException if the database refuses a query
	 * @throws MigrationException if the run must not start
	 */
	public Optional<ClockEvidence> check(Connection connection, MigrationPlan plan) throws SQLException {
		schemaName();
		for (MigrationStep step : plan.steps()) {
			if (step instanceof MigrationStep.Owner) {
				owner(connection, plan);
				referencedTable(connection);
			}
		}
		if (!plan.convertsEvents()) {
			return Optional.empty();
		}
		String kept = this.settings.tables().name(BookkeepingTable.KEPT);
		if (plan.detected().catalog().table(kept).isPresent()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"The table " + kept + " of an earlier conversion still exists.",
					"Make sure that nobody needs it, rename or drop it, and start again.");
		}
		hiddenRows(connection, plan);
		longKeys(connection, plan);
		return clock(connection, plan);
	}

	/**
	 * Check tables that are only read.
	 * @param connection any connection
	 * @param plan what would bring the tables themselves to head
	 * @return what is known of the clock of the rows; empty if none has naive times
	 * @throws SQLException if the database refuses a query
	 * @throws MigrationException if the rows must not be copied
	 */
	public Optional<ClockEvidence> checkSource(Connection connection, MigrationPlan plan) throws SQLException {
		hiddenRows(connection, plan);
		return clock(connection, plan);
	}

	/**
	 * Rows that a policy hides from us would stay behind, and nobody would know.
	 */
	private void hiddenRows(Connection connection, MigrationPlan plan) throws SQLException {
		if (this.dialect != DatabaseDialect.POSTGRESQL) {
			return;
		}
		List<String> hiding = RowSecurityReader.hiding(connection, this.settings.tables(), plan.detected().catalog());
		if (!hiding.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Row level security may hide rows of " + String.join(", ", hiding)
							+ " from the user of the migration.",
					"Migrate as a user with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY"
							+ " (adk.migration.user), and start again.");
		}
	}

	/**
	 * Only PostgreSQL is given narrower columns: MySQL's and MariaDB's are left as wide
	 * as they are, and SQLite's hold any length.
	 */
	private void longKeys(Connection connection, MigrationPlan plan) throws SQLException {
		if (this.dialect != DatabaseDialect.POSTGRESQL) {
			return;
		}
		List<LongKey> found = LongKeyReader.read(connection, this.dialect, this.settings.tables(),
				plan.detected().catalog());
		if (!found.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Keys are longer than the newest schema allows: "
							+ found.stream().map(LongKey::toString).collect(Collectors.joining("; ")) + ".",
					"Shorten them together with the same keys of the other tables, or delete those rows, and start again.");
		}
	}

	/**
	 * Liquibase finds its own tables only where the name of their schema needs no quotes.
	 */
	private void schemaName() {
		String schema = this.settings.tables().schema();
		if (schema == null) {
			return;
		}
		boolean plain = switch (this.dialect) {
			case POSTGRESQL -> schema.matches("[a-z_][a-z0-9_$]*");
			case H2 -> schema.matches("[A-Z_][A-Z0-9_$]*");
			case SQLITE, MYSQL, MARIADB -> true;
		};
		if (!plain) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The schema '" + schema + "' of adk.migration.schema can only be used between quotes.",
					"Use a schema whose name needs none: " + (this.dialect == DatabaseDialect.H2 ? "upper" : "lower")
							+ "-case letters, digits and '_'.");
		}
	}

	private Optional<ClockEvidence> clock(Connection connection, MigrationPlan plan) throws SQLException {
		if (!(plan.detected() instanceof DetectedSchema.Known known) || !known.layout().family().naive(this.dialect)) {
			return Optional.empty();
		}
		LegacyClock legacy = this.settings.legacyClock();
		WriterClockEvidence evidence = WriterClockReader.read(connection, this.dialect, this.settings.tables());
		WriterClock clock = WriterClockDecision.decide(evidence, legacy.timeZone(), legacy.utcSince(),
				legacy.confirmed());
		Optional<MigrationException> refused = WriterClockFailure.of(clock);
		if (refused.isPresent()) {
			throw refused.get();
		}
		return Optional.of(new ClockEvidence(clock, evidence));
	}

	private void owner(Connection connection, MigrationPlan plan) throws SQLException {
		OwnerColumn owner = this.settings.ownerColumn();
		String sessions = this.settings.tables().name(SessionTable.SESSIONS);
		if (owner == null || !owner.notNull() || plan.detected().catalog().table(sessions).isEmpty()) {
			return;
		}
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT 1 FROM "
						+ this.settings.tables().sql(SessionTable.SESSIONS, this.dialect) + " LIMIT 1")) {
			if (rows.next() || this.dialect == DatabaseDialect.SQLITE) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"The owner column '" + owner.name() + "' is NOT NULL, but the table " + sessions
								+ " exists already and its sessions have no owner.",
						"Add the column without NOT NULL first, give every session its owner, and start again.");
			}
		}
	}

	/**
	 * SQLite would accept a reference to nothing, and MariaDB does not say what is
	 * missing.
	 */
	private void referencedTable(Connection connection) throws SQLException {
		OwnerColumn owner = this.settings.ownerColumn();
		String table = owner == null ? "" : owner.referencedTable(this.dialect);
		if (table.isEmpty()) {
			return;
		}
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")) {
			rows.next();
		}
		catch (SQLException ex) {
			String state = String.valueOf(ex.getSQLState());
			if (state.startsWith("42S0") || state.equals("42P01")
					|| String.valueOf(ex.getMessage()).contains("no such table")) {
				throw new MigrationException(MigrationErrorCode.REFUSED,
						"The owner column refers to the table " + table + ", which does not exist.",
						"Have the table created before the migration, or correct adk.migration.owner-id-column.", ex);
			}
			// Who may refer to a table need not have the right to read it.
			logger.debug("The table {} cannot be read: {}", table, state);
		}
	}

	/**
	 * The decision on the writers' clock with what it rests on.
	 *
	 * @param clock the decision
	 * @param evidence what the rows say
	 */
	public record ClockEvidence(WriterClock clock, WriterClockEvidence evidence) {
	}

}
