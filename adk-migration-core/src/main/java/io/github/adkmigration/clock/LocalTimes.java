package io.github.adkmigration.clock;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Gives each event its instant. Immutable, and free of allocation for every time outside
 * a repeated hour.
 *
 * @since 0.1.0
 */
public final class LocalTimes {

	private final LocalZone zone;

	private final long utcSince;

	private final OverlapResolution overlaps;

	private final Set<RowKey> lateLocal;

	private LocalTimes(LocalZone zone, long utcSince, OverlapResolution overlaps, Set<RowKey> lateLocal) {
		this.zone = zone;
		this.utcSince = utcSince;
		this.overlaps = overlaps;
		this.lateLocal = Set.copyOf(lateLocal);
	}

	/**
	 * Combine what is known.
	 * @param zone the writer's zone
	 * @param utcSince from when on rows hold UTC, or {@code null} for never
	 * @param overlaps the order within repeated hours
	 * @return the conversion
	 */
	public static LocalTimes of(LocalZone zone, @Nullable Instant utcSince, OverlapResolution overlaps) {
		return of(zone, utcSince, overlaps, Set.of());
	}

	/**
	 * Combine what is known, also of single sessions.
	 * @param zone the writer's zone
	 * @param utcSince from when on rows hold UTC, or {@code null} for never
	 * @param overlaps the order within repeated hours
	 * @param lateLocal sessions that hold local times throughout, as
	 * {@link LateLocalSessions} finds them
	 * @return the conversion
	 */
	public static LocalTimes of(LocalZone zone, @Nullable Instant utcSince, OverlapResolution overlaps,
			Set<RowKey> lateLocal) {
		return new LocalTimes(zone, utcSince == null ? Long.MAX_VALUE : micros(utcSince), overlaps, lateLocal);
	}

	static long micros(Instant instant) {
		return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
	}

	/**
	 * Return the instant of an event. A time that reads as {@code utcSince} or later
	 * holds UTC already, unless its session is known to be local; in a zone ahead of UTC
	 * the local times of the last hours before the change read so too.
	 * @param wallMicros the naive time, microseconds as if in UTC
	 * @param id the event's id
	 * @param app its application's name
	 * @param user its user's id
	 * @param session its session's id
	 * @return epoch microseconds
	 */
	public long epochMicros(long wallMicros, String id, String app, String user, String session) {
		if (wallMicros >= this.utcSince
				&& (this.lateLocal.isEmpty() || !this.lateLocal.contains(RowKey.ofSession(app, user, session)))) {
			return wallMicros;
		}
		long firstPass = this.zone.epochMicros(wallMicros, false);
		if (this.overlaps.secondPass().isEmpty()) {
			return firstPass;
		}
		long secondPass = this.zone.epochMicros(wallMicros, true);
		return firstPass != secondPass && this.overlaps.secondPass().contains(new RowKey(id, app, user, session))
				? secondPass : firstPass;
	}

	/**
	 * Return the instant of an event in an SQLite file, whose column may hold another
	 * type in each row.
	 * @param value the value: a text, naive or with an offset, or a number
	 * @param id the event's id
	 * @param app its application's name
	 * @param user its user's id
	 * @param session its session's id
	 * @return epoch microseconds, or {@link StoredTimes#NONE} for a value that is no time
	 */
	public long sqliteEpochMicros(@Nullable Object value, String id, String app, String user, String session) {
		if (value instanceof String text) {
			long wallMicros = StoredTimes.wallMicros(text);
			return wallMicros != StoredTimes.NONE ? epochMicros(wallMicros, id, app, user, session)
					: StoredTimes.instantMicros(text);
		}
		return value instanceof Number number ? StoredTimes.instantMicros(number.doubleValue()) : StoredTimes.NONE;
	}

}
