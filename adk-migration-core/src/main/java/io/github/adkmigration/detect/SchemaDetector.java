package io.github.adkmigration.detect;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.SessionTables;

/**
 * Recognises which implementation wrote the tables of a target, and at which level. It
 * only reads: the catalog, the version row and a bounded sample of events. The sample
 * shows a mixture early; a conversion still has to look at each row.
 *
 * @since 0.1.0
 */
public final class SchemaDetector {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	/**
	 * Create a detector.
	 * @param dialect the dialect of the connections to come
	 * @param tables where the tables are and what they are called
	 */
	public SchemaDetector(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Recognise the tables of the target.
	 * @param connection an open connection; only read from
	 * @return the verdict with its evidence
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException with {@code INVALID_SETTING} if no schema is set and the
	 * connection has no current one
	 */
	public DetectedSchema detect(Connection connection) throws SQLException {
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		RowSampler sampler = new RowSampler(this.dialect, this.tables);
		Verdict verdict = new Verdict(this.dialect, this.tables, catalog);
		if (!verdict.tablesAreAdks()) {
			return verdict.withoutRows();
		}
		return verdict.withRows(sampler.marker(connection, catalog), sampler.sample(connection, catalog));
	}

}
