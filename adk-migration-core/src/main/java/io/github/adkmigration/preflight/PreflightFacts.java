package io.github.adkmigration.preflight;

import java.util.List;
import java.util.Optional;

import io.github.adkmigration.catalog.LongKeyReader.LongKey;
import io.github.adkmigration.catalog.PacketLimit;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.SpaceNeed;
import io.github.adkmigration.report.TableMeasure;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may forbid a run, as read.
 *
 * @param schemaNeedsQuotes whether the configured schema is found between quotes only
 * @param ownerlessSessions whether the owner column would leave sessions without an owner
 * @param missingReference the table that the owner column refers to, if it does not exist
 * @param readOnly why nothing can be written, a clause
 * @param missingRights the rights that the user lacks
 * @param missingSequences the sequences that the user may not use
 * @param tables how large the tables are; empty where the database does not say
 * @param space what is needed on disk and what there is
 * @param resumes whether a part of the converted events is there already
 * @param file name of the SQLite file, empty elsewhere
 * @param keptTable the kept table of an earlier conversion that exists, else {@code null}
 * @param hidingTables tables of which rows may be hidden
 * @param longKeys keys that head cannot hold
 * @param largeRows rows that do not pass to the database and back, by the name of their
 * table
 * @param sourceObstacles why rows of the source cannot be brought in
 * @param clock what is known of the clock of the writers
 */
record PreflightFacts(boolean schemaNeedsQuotes, boolean ownerlessSessions, @Nullable String missingReference,
		Optional<String> readOnly, List<RequiredRight> missingRights, List<String> missingSequences,
		List<TableMeasure> tables, SpaceNeed space, boolean resumes, String file, @Nullable String keptTable,
		List<String> hidingTables, List<LongKey> longKeys, List<LargeRow> largeRows, List<String> sourceObstacles,
		Optional<ClockEvidence> clock) {

	PreflightFacts {
		missingRights = List.copyOf(missingRights);
		tables = List.copyOf(tables);
		missingSequences = List.copyOf(missingSequences);
		hidingTables = List.copyOf(hidingTables);
		longKeys = List.copyOf(longKeys);
		largeRows = List.copyOf(largeRows);
		sourceObstacles = List.copyOf(sourceObstacles);
	}

	/**
	 * The largest row of a table, which is larger than a packet may be.
	 *
	 * @param table the name of the table
	 * @param bytes its size
	 * @param limit what lets less pass
	 */
	record LargeRow(String table, long bytes, PacketLimit limit) {
	}

}
