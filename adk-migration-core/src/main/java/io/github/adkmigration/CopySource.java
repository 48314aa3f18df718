package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.catalog.LongKeyReader;
import io.github.adkmigration.catalog.LongKeyReader.LongKey;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationPlanner;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.IndexWork;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Where a copy comes from.
 *
 * @param dataSource the database, only read
 * @param settings names of its tables and what is known of its writers' clock
 */
record CopySource(DataSource dataSource, MigrationSettings settings) {

	SessionTables tables() {
		return this.settings.tables();
	}

	/**
	 * Recognise the tables and look for whatever speaks against copying their rows.
	 * @param connection a connection to the source
	 * @param dialect its dialect
	 * @param limited whether the target limits the length of keys
	 * @return what is to be copied
	 */
	Found look(Connection connection, DatabaseDialect dialect, boolean limited) throws SQLException {
		DetectedSchema detected = new SchemaDetector(dialect, tables()).detect(connection);
		if (!(detected instanceof DetectedSchema.Known known)) {
			if (detected instanceof DetectedSchema.Empty) {
				throw new MigrationException(MigrationErrorCode.UNRECOGNIZED_SCHEMA,
						"The source has none of ADK's tables.",
						"Name the database, schema, prefix or table names under which it has them.");
			}
			plan(connection, dialect, detected);
			throw new IllegalStateException("Tables that are not known have no plan");
		}
		MigrationPlan plan = plan(connection, dialect, known);
		RunHistory history = new RunHistory(dialect, tables());
		Optional<RunRecord> newest = Bookkeeping.read(connection, history, tables(), known.catalog()).run();
		if (newest.isPresent() && newest.get().unfinished()) {
			UnfinishedCopy.refuse(connection, dialect, tables(), newest.get());
		}
		Optional<ClockEvidence> clock = new Preflight(dialect, this.settings).checkSource(connection, plan);
		Optional<BesideTables> beside = BesideTables.of(known, dialect, tables());
		if (limited) {
			longKeys(connection, dialect, beside.map(BesideTables::names).orElse(tables()), known.catalog());
		}
		return new Found(new Side(dialect, tables(), beside), known, plan.from(), clock,
				beside.map((source) -> extras(source))
					.orElseGet(() -> notCopied(known.catalog(), dialect))
					.stream()
					.map((column) -> "The column " + column + " of the source is not ADK's and is not copied.")
					.toList());
	}

	/** Refuses what cannot be converted, as an upgrade of the source would. */
	private MigrationPlan plan(Connection connection, DatabaseDialect dialect, DetectedSchema detected)
			throws SQLException {
		return new MigrationPlanner(dialect, this.settings.withOwnerColumn(null)).plan(detected,
				FragmentReader.read(connection, dialect, tables(), null, detected.catalog()), false,
				UpgradeTarget.head(), IndexWork.SMALL);
	}

	private static void longKeys(Connection connection, DatabaseDialect dialect, SessionTables names, Catalog catalog)
			throws SQLException {
		List<LongKey> found = LongKeyReader.readAll(connection, dialect, names, catalog);
		if (!found.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Keys of the source are longer than the newest schema allows: "
							+ found.stream().map(LongKey::toString).collect(Collectors.joining("; ")) + ".",
					"Shorten them in the source together with the same keys of the other tables, or delete those rows,"
							+ " and start again.");
		}
	}

	private static List<String> extras(BesideTables source) {
		return source.extras()
			.stream()
			.map((column) -> source.names().name(SessionTable.SESSIONS) + "." + column.name())
			.toList();
	}

	private List<String> notCopied(Catalog catalog, DatabaseDialect dialect) {
		List<String> columns = new ArrayList<>();
		HeadSchema head = HeadSchema.of(dialect, tables());
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			String name = tables().name(table);
			catalog.table(name)
				.ifPresent((existing) -> existing.columns()
					.stream()
					.filter((column) -> !head.table(table).has(column.name()))
					.forEach((column) -> columns.add(name + "." + column.name())));
		}
		FragmentReader.userColumns(catalog, tables())
			.forEach((column) -> columns.add(tables().name(SessionTable.EVENTS) + "." + column.name()));
		return columns;
	}

	/**
	 * What is to be copied.
	 *
	 * @param side the database
	 * @param detected what its tables are
	 * @param level the same in a word
	 * @param clock what is known of the clock of the rows; empty if none has naive times
	 * @param notes what stays behind
	 */
	record Found(Side side, DetectedSchema.Known detected, String level, Optional<ClockEvidence> clock,
			List<String> notes) {

		Layout layout() {
			return this.detected.layout();
		}

		Catalog.Table events() {
			return this.side.beside()
				.map((other) -> other.events(this.detected.catalog()))
				.or(() -> this.detected.catalog().table(this.side.tables().name(SessionTable.EVENTS)))
				.orElseThrow(() -> new IllegalStateException("A known layout has events"));
		}

	}

}
