package io.github.adkmigration.execute;

import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the failure of a statement that was executed before from others, on databases
 * where each DDL statement commits: what it drops or renames is not there, or what it
 * makes is.
 */
final class UndoneAlready {

	/** Table, column, key or index that is missing, and those that exist. */
	private static final Set<Integer> MYSQL = Set.of(1051, 1146, 1054, 1091, 1176, 1050, 1060, 1061, 1826);

	private static final Set<Integer> H2 = Set.of(42102, 42103, 42104, 42112, 42122, 90057, 42101, 42111, 42121, 90045);

	private UndoneAlready() {
	}

	static boolean says(SQLException ex) {
		return MYSQL.contains(ex.getErrorCode()) || H2.contains(ex.getErrorCode());
	}

}
