package io.github.adkmigration.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.SessionTables;

/**
 * Proves that a database is at a revision, from its catalog and its marker row, not from
 * anybody's word.
 *
 * @since 0.1.0
 */
public final class SchemaVerifier {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String revision;

	/**
	 * Create a verifier for a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 * @param revision the revision that it should be at
	 */
	public SchemaVerifier(DatabaseDialect dialect, SessionTables tables, String revision) {
		this.dialect = dialect;
		this.tables = tables;
		this.revision = revision;
	}

	/**
	 * Compare the catalog with the schema of the revision.
	 * @param connection any connection
	 * @return what differs
	 * @throws SQLException if the catalog cannot be read
	 */
	public VerificationResult verify(Connection connection) throws SQLException {
		List<Difference> differences = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		for (HeadDifference found : new HeadCheck(this.dialect, this.tables, this.revision)
			.differences(CatalogReader.read(connection, this.dialect, this.tables))) {
			if (found.note()) {
				notes.add(found.describe());
			}
			else {
				String column = found.column() == null ? "" : "." + found.column();
				differences
					.add(new Difference(this.tables.name(found.table()) + column, found.expected(), found.found()));
			}
		}
		return new VerificationResult(differences, notes);
	}

}
