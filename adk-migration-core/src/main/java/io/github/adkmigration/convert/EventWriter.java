package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes converted events, within the caller's transaction.
 */
interface EventWriter {

	void write(Connection connection, List<TargetEvent> events) throws SQLException;

}
