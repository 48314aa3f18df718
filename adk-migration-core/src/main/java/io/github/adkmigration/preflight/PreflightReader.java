package io.github.adkmigration.preflight;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.FreeSpaceReader;
import io.github.adkmigration.catalog.LongKeyReader;
import io.github.adkmigration.catalog.LongKeyReader.LongKey;
import io.github.adkmigration.catalog.RowSecurityReader;
import io.github.adkmigration.catalog.SqliteFile;
import io.github.adkmigration.catalog.SqlitePages;
import io.github.adkmigration.catalog.TableMeasureReader;
import io.github.adkmigration.clock.WriterClockDecision;
import io.github.adkmigration.clock.WriterClockEvidence;
import io.github.adkmigration.clock.WriterClockReader;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.report.TableMeasure;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what may forbid a run. Writes nothing, not even to find out whether it could.
 */
final class PreflightReader {

	private static final Logger logger = LoggerFactory.getLogger(PreflightReader.class);

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final MigrationPlan plan;

	/** What the tables are called whose rows are converted. */
	private final SessionTables source;

	PreflightReader(Connection connection, DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan) {
		this.connection = connection;
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.plan = plan;
		this.source = plan.beside().map(BesideTables::names).orElse(this.tables);
	}

	/**
	 * Read everything that a run is checked for.
	 * @param backup whether the run will copy a SQLite file first
	 */
	PreflightFacts read(boolean backup) throws SQLException {
		boolean owner = this.plan.steps().stream().anyMatch(MigrationStep.Owner.class::isInstance);
		boolean converts = this.plan.convertsEvents();
		List<TableMeasure> measures = measures();
		String events = this.source.sql(SessionTable.EVENTS, this.dialect);
		return new PreflightFacts(schemaNeedsQuotes(), owner && ownerlessSessions(),
				owner || this.plan.beside().isPresent() ? missingReference() : null,
				new WritabilityReader(this.connection, this.dialect).obstacle(), missingRights(),
				converts && this.dialect == DatabaseDialect.POSTGRESQL
						? PostgresRightsReader.sequences(this.connection, events) : List.of(),
				measures, space(measures, backup), exists(BookkeepingTable.SHADOW), file(), keptTable(),
				converts || this.plan.repairsTimes() ? hidingTables() : List.of(), converts ? longKeys() : List.of(),
				converts ? largeRows().read(this.plan.beside().isPresent()) : List.of(), sourceObstacles(),
				converts ? clock() : Optional.empty());
	}

	private List<String> sourceObstacles() throws SQLException {
		List<String> obstacles = new ArrayList<>();
		if (this.plan.beside().isPresent()) {
			obstacles.addAll(besideRows().occupied(this.plan.beside().get(), this.settings.ownerColumn()));
		}
		else if (foreignRows()) {
			obstacles.addAll(sessionRows().behindForeignKey());
		}
		obstacles.addAll(rowObstacles());
		return obstacles;
	}

	/** A table that would be in the way of what is to be kept. */
	private @Nullable String keptTable() {
		Optional<BesideTables> beside = this.plan.beside();
		List<BookkeepingTable> kept = beside.filter((source) -> source.handsOver(this.tables))
			.map((source) -> source.owned().stream().sorted().map(BookkeepingTable::kept).toList())
			.orElse(List.of(BookkeepingTable.KEPT));
		if (!this.plan.convertsEvents() || beside.filter((source) -> source.handing(this.tables)).isPresent()) {
			return null;
		}
		for (BookkeepingTable table : kept) {
			if (exists(table)) {
				return this.tables.name(table);
			}
		}
		return null;
	}

	/**
	 * Read what forbids to make head's rows of those of another writer, wherever they are
	 * to stand.
	 */
	private List<String> rowObstacles() throws SQLException {
		if (this.plan.beside().isPresent()) {
			return besideRows().obstacles(this.plan.beside().get());
		}
		List<String> obstacles = new ArrayList<>(hybrid() ? hybridRows().obstacles() : List.of());
		if (foreignRows()) {
			obstacles.addAll(sessionRows().obstacles());
		}
		return obstacles;
	}

	private boolean foreignRows() {
		return this.plan.detected() instanceof DetectedSchema.Known known
				&& SessionRowsReader.concerns(known.layout().family());
	}

	private SessionRowsReader sessionRows() {
		return new SessionRowsReader(this.connection, this.dialect, this.tables, this.plan.detected().catalog());
	}

	private BesideRowsReader besideRows() {
		return new BesideRowsReader(this.connection, this.dialect, this.tables, this.plan.detected().catalog());
	}

	/**
	 * Read what costs a few statements and does not depend on who migrates.
	 */
	PreflightFacts glance() throws SQLException {
		List<TableMeasure> measures = measures();
		return new PreflightFacts(schemaNeedsQuotes(), false, null, Optional.empty(), List.of(), List.of(), measures,
				space(measures, false), exists(BookkeepingTable.SHADOW), file(), keptTable(), List.of(), List.of(),
				List.of(), List.of(), Optional.empty());
	}

	/**
	 * Read what forbids to read rows.
	 */
	PreflightFacts source() throws SQLException {
		return new PreflightFacts(false, false, null, Optional.empty(), List.of(), List.of(), List.of(), SpaceNeed.NONE,
				false, "", null, hidingTables(), List.of(), largeRows().read(true), rowObstacles(), clock());
	}

	private boolean exists(BookkeepingTable table) {
		return this.plan.detected().catalog().table(this.tables.name(table)).isPresent();
	}

	/**
	 * Liquibase finds its own tables only where the name of their schema needs no quotes.
	 */
	private boolean schemaNeedsQuotes() {
		String schema = this.tables.schema();
		return schema != null && switch (this.dialect) {
			case POSTGRESQL -> !schema.matches("[a-z_][a-z0-9_$]*");
			case H2 -> !schema.matches("[A-Z_][A-Z0-9_$]*");
			case SQLITE, MYSQL, MARIADB -> false;
		};
	}

	private boolean ownerlessSessions() throws SQLException {
		OwnerColumn owner = this.settings.ownerColumn();
		if (owner == null || !owner.notNull()
				|| this.plan.detected().catalog().table(this.tables.name(SessionTable.SESSIONS)).isEmpty()) {
			return false;
		}
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT 1 FROM " + this.tables.sql(SessionTable.SESSIONS, this.dialect) + " LIMIT 1")) {
			return rows.next() || this.dialect == DatabaseDialect.SQLITE;
		}
	}

	/**
	 * SQLite would accept a reference to nothing, and MariaDB does not say what is
	 * missing.
	 */
	private @Nullable String missingReference() {
		OwnerColumn owner = this.settings.ownerColumn();
		String table = owner == null ? "" : owner.referencedTable(this.dialect);
		if (table.isEmpty()) {
			return null;
		}
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")) {
			rows.next();
			return null;
		}
		catch (SQLException ex) {
			String state = String.valueOf(ex.getSQLState());
			if (state.startsWith("42S0") || state.equals("42P01")
					|| String.valueOf(ex.getMessage()).contains("no such table")) {
				return table;
			}
			// Who may refer to a table need not have the right to read it.
			logger.debug("The table {} cannot be read: {}", table, state);
			return null;
		}
	}

	private List<RequiredRight> missingRights() throws SQLException {
		List<RequiredRight> required = RequiredRights.of(this.dialect, this.settings, this.plan);
		String schema = this.plan.detected().catalog().schema();
		return switch (this.dialect) {
			case POSTGRESQL -> PostgresRightsReader.missing(this.connection, schema, required);
			case MYSQL, MARIADB -> MysqlRightsReader.missing(this.connection, this.dialect, schema, required);
			case SQLITE, H2 -> List.of();
		};
	}

	/** A run does not depend on the statistics of a database. */
	private List<TableMeasure> measures() {
		try {
			return this.plan.isEmpty() || this.plan.detected() instanceof DetectedSchema.Empty ? List.of()
					: new TableMeasureReader(this.connection, this.dialect, this.source, this.plan.detected().catalog())
						.read();
		}
		catch (SQLException ex) {
			logger.debug("The tables cannot be measured: {}", ex.getClass().getSimpleName());
			return List.of();
		}
	}

	private SpaceNeed space(List<TableMeasure> measures, boolean backup) throws SQLException {
		if (!backup && !this.plan.convertsEvents()) {
			return SpaceNeed.NONE;
		}
		long events = this.plan.convertsEvents() ? measures.stream()
			.filter((measure) -> measure.table() == SessionTable.EVENTS)
			.mapToLong(TableMeasure::bytes)
			.findFirst()
			.orElse(TableMeasure.UNKNOWN) : 0;
		long free = FreeSpaceReader.read(this.connection, this.dialect).orElse(TableMeasure.UNKNOWN);
		if (this.dialect != DatabaseDialect.SQLITE) {
			return new SpaceNeed(events, 0, free);
		}
		SqlitePages pages = SqlitePages.read(this.connection);
		return new SpaceNeed(events < 0 ? events : Math.max(0, events - pages.free()), backup ? pages.used() : 0, free);
	}

	private String file() throws SQLException {
		return this.dialect != DatabaseDialect.SQLITE ? ""
				: SqliteFile.of(this.connection).map(Path::getFileName).map(Path::toString).orElse("");
	}

	/**
	 * Rows that a policy hides from us would stay behind, and nobody would know.
	 */
	private List<String> hidingTables() throws SQLException {
		return this.dialect == DatabaseDialect.POSTGRESQL
				? RowSecurityReader.hiding(this.connection, this.source, this.plan.detected().catalog()) : List.of();
	}

	/**
	 * Only PostgreSQL is given narrower columns: MySQL's and MariaDB's are left as wide
	 * as they are, and SQLite's hold any length. New tables are head's everywhere.
	 */
	private List<LongKey> longKeys() throws SQLException {
		if (this.plan.beside().isPresent() && this.dialect != DatabaseDialect.SQLITE) {
			return LongKeyReader.readAll(this.connection, this.dialect, this.source, this.plan.detected().catalog());
		}
		return this.dialect == DatabaseDialect.POSTGRESQL
				? LongKeyReader.read(this.connection, this.dialect, this.tables, this.plan.detected().catalog())
				: List.of();
	}

	private LargeRowsReader largeRows() {
		return new LargeRowsReader(this.connection, this.dialect, this.source, this.plan.detected().catalog());
	}

	private boolean hybrid() {
		return this.plan.detected() instanceof DetectedSchema.Known known
				&& known.layout().family() == LayoutFamily.HYBRID;
	}

	private HybridRowsReader hybridRows() {
		return new HybridRowsReader(this.connection, this.dialect, this.tables, this.plan.detected().catalog());
	}

	private Optional<ClockEvidence> clock() throws SQLException {
		if (!(this.plan.detected() instanceof DetectedSchema.Known known)
				|| !(hybrid() ? hybridRows().pickles() : known.layout().family().naive(this.dialect))) {
			return Optional.empty();
		}
		LegacyClock legacy = this.settings.legacyClock();
		WriterClockEvidence evidence = WriterClockReader.read(this.connection, this.dialect, this.tables);
		return Optional.of(new ClockEvidence(
				WriterClockDecision.decide(evidence, legacy.timeZone(), legacy.utcSince(), legacy.confirmed()),
				evidence));
	}

}
