package io.github.adkmigration.benchmark;

import java.time.LocalDateTime;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * The events of {@link V0Rows} in the tables of one writer.
 */
interface SourceRows {

	String layout(DatabaseDialect dialect);

	List<String> eventColumns();

	@Nullable Object value(String column, int event);

	/** A time of sessions and states, as the writer stores it. */
	Object time(LocalDateTime utc);

}
