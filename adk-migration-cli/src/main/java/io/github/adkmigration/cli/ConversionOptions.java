package io.github.adkmigration.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.TimestampColumn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How old events become new ones.
 */
final class ConversionOptions {

	@Option(names = "--time-zone", paramLabel = "ZONE",
			description = "Zone of the process that wrote the old (V0) events, for example America/New_York. Needed"
					+ " only where the rows do not prove it.")
	private @Nullable String timeZone;

	@Option(names = "--time-zone-confirmed", description = "Use that zone even though the rows contradict it.")
	private boolean timeZoneConfirmed;

	@Option(names = "--utc-since", paramLabel = "INSTANT",
			description = "Instant from which the old events were written in UTC (adk-python 2.7.0 and newer), for"
					+ " example 2026-08-01T00:00:00Z.")
	private @Nullable String utcSince;

	@Option(names = "--timestamp-column", paramLabel = "auto|utc|local",
			description = "What the time column of events holds: UTC in converted ones (auto), in those of V1 too (utc),"
					+ " or the writer's local time for adk-python older than 2.7.0.")
	private @Nullable String timestampColumn;

	@Option(names = "--max-quarantined", paramLabel = "ROWS",
			description = "Events that may be put aside because they cannot be converted. Default: 0.")
	private @Nullable String maxQuarantined;

	@Option(names = "--batch-size", paramLabel = "ROWS",
			description = "Converted events that are committed at a time, 1 to 100000. Default: 4000.")
	private @Nullable String batchSize;

	@Option(names = "--max-rows-per-second", paramLabel = "ROWS",
			description = "Events that are read per second at most, to leave the database to others. Default: 0, as many"
					+ " as possible.")
	private @Nullable String maxRowsPerSecond;

	@Option(names = "--no-sqlite-backup",
			description = "Do not copy a SQLite file before it is changed for the first time.")
	private boolean noSqliteBackup;

	MigrationSettings apply(MigrationSettings settings, Surroundings surroundings) {
		boolean confirmed = this.timeZoneConfirmed || Settings.flag("--time-zone-confirmed",
				surroundings.variable("ADK_MIGRATION_LEGACY_TIME_ZONE_CONFIRMED"), false);
		LegacyClock clock = new LegacyClock(
				zone(surroundings.optionOr(this.timeZone, "ADK_MIGRATION_LEGACY_TIME_ZONE")),
				instant(surroundings.optionOr(this.utcSince, "ADK_MIGRATION_LEGACY_UTC_SINCE")), confirmed);
		boolean backup = !this.noSqliteBackup && Settings.flag("ADK_MIGRATION_SQLITE_BACKUP",
				surroundings.variable("ADK_MIGRATION_SQLITE_BACKUP"), true);
		return settings.withLegacyClock(clock)
			.withTimestampColumn(Settings.word("--timestamp-column",
					surroundings.optionOr(this.timestampColumn, "ADK_MIGRATION_TIMESTAMP_COLUMN"),
					TimestampColumn.class, TimestampColumn.AUTO))
			.withMaxQuarantined(Settings.number("--max-quarantined",
					surroundings.optionOr(this.maxQuarantined, "ADK_MIGRATION_LEGACY_MAX_QUARANTINED"), 0))
			.withBatchSize(
					Settings.number("--batch-size", surroundings.optionOr(this.batchSize, "ADK_MIGRATION_BATCH_SIZE"),
							MigrationSettings.DEFAULT_BATCH_SIZE))
			.withMaxRowsPerSecond(Settings.number("--max-rows-per-second",
					surroundings.optionOr(this.maxRowsPerSecond, "ADK_MIGRATION_MAX_ROWS_PER_SECOND"), 0))
			.withSqliteBackup(backup);
	}

	private static @Nullable ZoneId zone(@Nullable String value) {
		try {
			return value == null ? null : ZoneId.of(value.strip());
		}
		catch (DateTimeException ex) {
			throw Settings.invalid("--time-zone", String.valueOf(value), "a zone such as Europe/Berlin, or UTC");
		}
	}

	private static @Nullable Instant instant(@Nullable String value) {
		try {
			return value == null ? null : Instant.parse(value.strip());
		}
		catch (DateTimeException ex) {
			throw Settings.invalid("--utc-since", String.valueOf(value), "an instant such as 2026-08-01T00:00:00Z");
		}
	}

}
