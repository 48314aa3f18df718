package io.github.adkmigration.execute;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.MigrationScript.Kind;
import io.github.adkmigration.report.MigrationScript.Statement;

/**
 * What stands around the statements of a script: commands that make the client stop at
 * the first error, what the swap wants of the session, and one transaction where the
 * database has such for DDL. A statement that refuses a transaction interrupts it.
 *
 * @param begin what comes first
 * @param end what comes last
 */
record ScriptFrame(List<Statement> begin, List<Statement> end) {

	private static final Statement BEGIN = begin(Kind.SESSION, "BEGIN");

	private static final Statement COMMIT = end("COMMIT");

	static ScriptFrame of(DatabaseDialect dialect, MigrationPlan plan) {
		return switch (dialect) {
			case POSTGRESQL ->
				new ScriptFrame(List.of(begin(Kind.CLIENT, "\\set ON_ERROR_STOP on"), BEGIN), List.of(COMMIT));
			case SQLITE -> sqlite(plan.convertsEvents());
			// The client of MySQL and MariaDB stops at the first error unless told
			// otherwise, and each statement of DDL commits.
			case MYSQL, MARIADB, H2 -> new ScriptFrame(List.of(), List.of());
		};
	}

	/**
	 * Return statements with what stands around them.
	 */
	List<Statement> around(List<Statement> statements) {
		if (statements.isEmpty()) {
			return statements;
		}
		List<Statement> framed = new ArrayList<>(this.begin);
		boolean open = true;
		for (Statement statement : statements) {
			boolean alone = DatabaseDialect.standsAlone(statement.sql());
			if (alone && open) {
				close(framed);
			}
			else if (!alone && !open) {
				framed.add(BEGIN);
			}
			open = !alone;
			framed.add(statement);
		}
		if (open) {
			framed.addAll(this.end);
		}
		return framed;
	}

	private static void close(List<Statement> framed) {
		if (framed.get(framed.size() - 1).equals(BEGIN)) {
			framed.remove(framed.size() - 1);
		}
		else {
			framed.add(COMMIT);
		}
	}

	private static ScriptFrame sqlite(boolean swap) {
		List<Statement> begin = new ArrayList<>();
		begin.add(begin(Kind.CLIENT, ".bail on"));
		if (swap) {
			// Newer shells keep everybody from the catalog, which gets the primary key.
			begin.add(begin(Kind.CLIENT, ".dbconfig defensive off"));
			begin.add(begin(Kind.SESSION, "PRAGMA foreign_keys = OFF"));
			begin.add(begin(Kind.SESSION, "PRAGMA legacy_alter_table = ON"));
		}
		begin.add(begin(Kind.SESSION, "BEGIN IMMEDIATE"));
		return new ScriptFrame(begin,
				swap ? List.of(end("COMMIT"), end("PRAGMA legacy_alter_table = OFF")) : List.of(end("COMMIT")));
	}

	private static Statement begin(Kind kind, String sql) {
		return new Statement("begin", "", kind, sql);
	}

	private static Statement end(String sql) {
		return new Statement("end", "", Kind.SESSION, sql);
	}

}
