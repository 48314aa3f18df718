package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CutColumnReader;
import io.github.adkmigration.catalog.OrphanReader;
import io.github.adkmigration.clock.EventTimeReader;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.clock.WriterClockEvidence;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.plan.EventTimeSteps;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.preflight.SpreadStateReader.SpreadStates;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.report.TableMeasure;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Looks for whatever would make a run fail half-way, before anything is written.
 *
 * @since 0.1.0
 */
public final class Preflight {

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
	 * @param backup whether the run will copy a SQLite file first
	 * @return what was found; nothing in it blocks
	 * @throws SQLException if the database refuses a query
	 * @throws MigrationException if the run must not start
	 */
	public Checked check(Connection connection, MigrationPlan plan, boolean backup) throws SQLException {
		return passed(inspect(connection, plan, backup));
	}

	/**
	 * Look at everything that a run is checked for, and refuse nothing.
	 * @param connection any connection
	 * @param plan what would be done
	 * @param backup whether the run would copy a SQLite file first
	 * @return what was found
	 * @throws SQLException if the database refuses a query
	 */
	public Checked inspect(Connection connection, MigrationPlan plan, boolean backup) throws SQLException {
		return decided(plan, new PreflightReader(connection, this.dialect, this.settings, plan).read(backup));
	}

	/**
	 * Look only at what costs a few statements and is the same whoever migrates.
	 * @param connection any connection
	 * @param plan what would be done
	 * @return what was found
	 * @throws SQLException if the database refuses a query
	 */
	public Checked glance(Connection connection, MigrationPlan plan) throws SQLException {
		return decided(plan, new PreflightReader(connection, this.dialect, this.settings, plan).glance());
	}

	/**
	 * Read what a run finds out by itself and an operator should know before: every row
	 * is looked at, of V1 events a million at most.
	 * @param connection any connection
	 * @param plan what would be done
	 * @return findings, none of which blocks
	 * @throws SQLException if the database refuses a query
	 */
	public List<PreflightFinding> rows(Connection connection, MigrationPlan plan) throws SQLException {
		SessionTables tables = this.settings.tables();
		Catalog catalog = plan.detected().catalog();
		List<PreflightFinding> findings = new ArrayList<>();
		if (plan.convertsEvents()) {
			long orphans = plan.beside().isPresent() ? orphans(connection, plan.beside().get())
					: OrphanReader.count(connection, this.dialect, tables);
			List<SpreadStates> spread = plan.beside().isPresent() ? List.of()
					: SpreadStateReader.read(connection, this.dialect, tables, catalog);
			findings
				.addAll(new RowFacts(CutColumnReader.read(connection, this.dialect, tables, catalog), orphans, spread)
					.findings());
		}
		plan.beside().ifPresent((source) -> findings.addAll(staying(source)));
		if (EventTimeSteps.possible(plan.detected(), this.dialect)) {
			Catalog.Table events = catalog.table(tables.name(SessionTable.EVENTS)).orElseThrow();
			findings.addAll(EventTimeFindings.of(
					new EventTimeReader(connection, this.dialect, tables, events).count(EventTimeReader.MOST),
					this.settings.timestampColumn()));
		}
		return findings;
	}

	private List<PreflightFinding> staying(BesideTables source) {
		return source.staying(this.settings.ownerColumn())
			.stream()
			.map((column) -> new PreflightFinding(PreflightCode.OBJECT_STAYS,
					"The column " + column + " of " + source.names().name(SessionTable.SESSIONS)
							+ " is not ADK's and stays with the old table.",
					"Have one such column carried over with adk.migration.owner-id-column, if it is wanted."))
			.toList();
	}

	private long orphans(Connection connection, BesideTables beside) throws SQLException {
		return OrphanReader.count(connection, beside.relation(SessionTable.EVENTS),
				beside.relation(SessionTable.SESSIONS));
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
		return passed(decided(plan, new PreflightReader(connection, this.dialect, this.settings, plan).source()))
			.clock();
	}

	private Checked decided(MigrationPlan plan, PreflightFacts facts) {
		return new Checked(facts.tables(), facts.space(), facts.clock(),
				PreflightDecision.findings(this.dialect, this.settings, plan, facts));
	}

	private static Checked passed(Checked checked) {
		Optional<PreflightFinding> obstacle = checked.findings().stream().filter(PreflightFinding::blocks).findFirst();
		if (obstacle.isPresent()) {
			throw obstacle.get().failure();
		}
		return checked;
	}

	/**
	 * What was found.
	 *
	 * @param tables how large the tables are; empty where nobody knows
	 * @param space what is needed on disk
	 * @param clock what is known of the clock of the rows to convert; empty if none has
	 * naive times
	 * @param findings in the order in which a run stumbles over them
	 */
	public record Checked(List<TableMeasure> tables, SpaceNeed space, Optional<ClockEvidence> clock,
			List<PreflightFinding> findings) {

		public Checked {
			tables = List.copyOf(tables);
			findings = List.copyOf(findings);
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
