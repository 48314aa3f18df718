package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.clock.LateLocalSessions;
import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.LocalZone;
import io.github.adkmigration.clock.OverlapReader;
import io.github.adkmigration.clock.OverlapResolution;
import io.github.adkmigration.clock.RowKey;
import io.github.adkmigration.clock.WriterClockEvidence;
import io.github.adkmigration.clock.WriterClockReader;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.settings.LegacyClock;

/**
 * What the naive times of one table of events mean.
 *
 * @param times gives each event its instant
 * @param text differs where the instants may
 * @param notes what an operator should know
 * @since 0.1.0
 */
public record RowClock(LocalTimes times, String text, List<String> notes) {

	public RowClock {
		notes = List.copyOf(notes);
	}

	/**
	 * Combine what is known of the clock with the order of the rows.
	 * @param connection a connection to the rows
	 * @param events the rows
	 * @param known what is known; empty if no time is naive
	 * @param legacy what was configured
	 * @return the clock
	 * @throws SQLException if the database refuses a query
	 */
	public static RowClock of(Connection connection, EventTable events, Optional<ClockEvidence> known,
			LegacyClock legacy) throws SQLException {
		LocalZone utc = LocalZone.of(ZoneOffset.UTC);
		if (known.isEmpty()) {
			return of(utc, legacy, OverlapResolution.NONE, Set.of());
		}
		LocalZone zone = known.get().clock().zone().orElse(utc);
		return of(zone, legacy, overlaps(connection, events, zone, legacy, known.get().evidence()),
				lateLocal(connection, events, zone, legacy));
	}

	/**
	 * Take a zone that is known, for rows of which some are in repeated hours.
	 * @param connection a connection to the rows
	 * @param events the rows
	 * @param legacy the zone and from when on times are UTC; without a zone no time is
	 * naive
	 * @return the clock
	 * @throws SQLException if the database refuses a query
	 */
	public static RowClock of(Connection connection, EventTable events, LegacyClock legacy) throws SQLException {
		if (legacy.timeZone() == null) {
			return of(LocalZone.of(ZoneOffset.UTC), legacy, OverlapResolution.NONE, Set.of());
		}
		LocalZone zone = LocalZone.of(legacy.timeZone());
		return of(zone, legacy,
				overlaps(connection, events, zone, legacy,
						WriterClockReader.read(connection, events.dialect(), events.tables(), events.sql())),
				lateLocal(connection, events, zone, legacy));
	}

	private static Set<RowKey> lateLocal(Connection connection, EventTable events, LocalZone zone, LegacyClock legacy)
			throws SQLException {
		return LateLocalSessions.read(connection, events.dialect(), events.tables(), events.sql(), zone,
				legacy.utcSince());
	}

	private static OverlapResolution overlaps(Connection connection, EventTable events, LocalZone zone,
			LegacyClock legacy, WriterClockEvidence evidence) throws SQLException {
		return OverlapReader.read(connection, events.dialect(), events.tables(), events.sql(), zone, legacy.utcSince(),
				evidence);
	}

	private static RowClock of(LocalZone zone, LegacyClock legacy, OverlapResolution overlaps, Set<RowKey> lateLocal) {
		List<String> notes = overlaps.unresolved() == 0 ? List.of() : List.of(overlaps.unresolved()
				+ " events stand in an hour that a change of the clock repeated, and nothing tells which of the two"
				+ " it was; the first was taken.");
		return new RowClock(LocalTimes.of(zone, legacy.utcSince(), overlaps, lateLocal), zone + "|" + legacy.utcSince(),
				notes);
	}

}
