package io.github.adkmigration.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Compares a whole database with the model: the catalog, then every row. It only reads,
 * each table once, and holds no more than a few rows.
 *
 * @since 0.1.0
 */
public final class DriftCheck {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final String revision;

	/**
	 * Create the check of a target.
	 * @param dialect dialect of its database
	 * @param settings its names and its owner column
	 * @param revision the revision that it should be at
	 */
	public DriftCheck(DatabaseDialect dialect, MigrationSettings settings, String revision) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.revision = revision;
	}

	/**
	 * Compare catalog and rows.
	 * @param connection a connection not in auto-commit mode; only read from
	 * @return what differs
	 * @throws SQLException if the database does not answer
	 */
	public VerificationResult run(Connection connection) throws SQLException {
		VerificationResult schema = new SchemaVerifier(this.dialect, this.tables, this.revision).verify(connection);
		List<Difference> differences = new ArrayList<>(schema.differences());
		List<String> notes = new ArrayList<>(schema.notes());
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		Additions additions = new Additions(HeadSchema.of(this.dialect, this.tables, this.revision), this.tables,
				this.settings.ownerColumn());
		additions.missingOwner(catalog).ifPresent(differences::add);
		notes.addAll(additions.of(catalog));
		if (readable(catalog)) {
			StreamedQuery query = new StreamedQuery(connection, this.dialect);
			RelatedRowsCheck related = new RelatedRowsCheck(query, this.tables);
			related.marker().ifPresent(differences::add);
			VerificationResult events = new EventRowsCheck(query, this.tables,
					catalog.table(this.tables.name(SessionTable.EVENTS)).orElseThrow())
				.run();
			differences.addAll(events.differences());
			notes.addAll(events.notes());
			differences.addAll(related.sessions());
			if (present(catalog, BookkeepingTable.KEPT) && present(catalog, BookkeepingTable.QUARANTINE)) {
				related.kept().ifPresent(differences::add);
			}
		}
		else {
			notes.add("The rows were not looked at, because tables or columns are missing.");
		}
		if (this.dialect == DatabaseDialect.SQLITE) {
			Optional<String> damage = new SqliteIntegrity(this.tables).damage(connection);
			damage.ifPresent((finding) -> differences.add(new Difference("the database file", "sound pages", finding)));
		}
		return new VerificationResult(differences, notes);
	}

	private boolean present(Catalog catalog, BookkeepingTable table) {
		return catalog.table(this.tables.name(table)).isPresent();
	}

	/**
	 * Return whether every column that a query asks for exists.
	 */
	private boolean readable(Catalog catalog) {
		return new HeadCheck(this.dialect, this.tables).differences(catalog)
			.stream()
			.map(HeadDifference::kind)
			.noneMatch(
					(kind) -> kind == HeadDifference.Kind.MISSING_TABLE || kind == HeadDifference.Kind.MISSING_COLUMN);
	}

}
