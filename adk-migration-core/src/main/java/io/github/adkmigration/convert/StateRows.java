package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Sessions or states of a source in pages along their key, in the form that the target
 * wants.
 */
interface StateRows {

	/**
	 * Read the next page.
	 * @param connection a connection to the source
	 * @param pageSize the most rows that it may have
	 * @return the page, empty at the end
	 */
	List<StateRow> next(Connection connection, int pageSize) throws SQLException;

}
