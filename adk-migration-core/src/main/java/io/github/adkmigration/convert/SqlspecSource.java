package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;

/**
 * SQLSpec since 0.42.0: the JSON of adk-python's V1. The JSON holds a time exactly, the
 * column only on PostgreSQL, MySQL and MariaDB, where it is an instant.
 */
final class SqlspecSource extends SqliteServiceSource {

	SqlspecSource(JsonTarget target, LocalTimes times) {
		super(target, times);
	}

	@Override
	long columnMicros(SourceEvent event, long wallMicros) {
		return wallMicros != StoredTimes.NONE ? wallMicros : super.columnMicros(event, wallMicros);
	}

}
