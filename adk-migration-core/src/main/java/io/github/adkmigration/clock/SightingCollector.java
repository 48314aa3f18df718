package io.github.adkmigration.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

import io.github.adkmigration.clock.OffsetSighting.Strength;

/**
 * Turns the four times of each session into sightings and bounds, and keeps one of a kind
 * per hour.
 *
 * <p>
 * adk-python 1.20 and newer stores the newest event's own time as {@code update_time};
 * older ones store the database's time of some append, or never touch it. A session is
 * created before its first event, so the first event is an upper bound for the offset,
 * and where {@code update_time} has moved, it is a lower one. Sessions whose difference
 * is outside every offset on earth (imported, replayed or synthetic times) say nothing.
 */
final class SightingCollector {

	private static final long SECOND = 1_000_000L;

	private static final long HOUR = 3_600 * SECOND;

	private static final long DAY = 24 * HOUR;

	private static final long QUARTER = 900 * SECOND;

	/** Whole-second columns cut, and the two clocks are read in different moments. */
	private static final long SLACK = 2 * SECOND;

	private static final long NEAR = 5 * SECOND;

	private final boolean databaseClockIsUtc;

	private final NavigableSet<Integer> offsets = CandidateZones.offsetsInUse();

	private final Map<Key, OffsetSighting> sightings = new HashMap<>();

	private final Map<Key, OffsetBound> bounds = new HashMap<>();

	SightingCollector(boolean databaseClockIsUtc) {
		this.databaseClockIsUtc = databaseClockIsUtc;
	}

	void add(long created, long updated, long firstEvent, long lastEvent) {
		long exact = StoredTimes.NONE;
		if (updated != StoredTimes.NONE) {
			long ahead = lastEvent - updated;
			if (ahead % QUARTER == 0 && lastEvent % SECOND != 0 && inUse(ahead)) {
				sighted(lastEvent, ahead, Strength.EXACT);
				exact = ahead;
			}
		}
		if (created != StoredTimes.NONE) {
			// A short session that says the same twice is one witness.
			addFirst(created, updated, firstEvent, lastEvent - firstEvent < DAY ? exact : StoredTimes.NONE);
		}
	}

	private void addFirst(long created, long updated, long firstEvent, long known) {
		long highest = firstEvent - created + SLACK;
		if (highest < this.offsets.first() * SECOND || highest - SLACK > (this.offsets.last() + 3600) * SECOND) {
			return;
		}
		bound(firstEvent, highest, true);
		long ahead = StoredTimes.NONE;
		// Equal times say that update_time was never touched, not that the session was
		// short.
		if (updated != StoredTimes.NONE && updated > created) {
			long lowest = firstEvent - updated - SLACK;
			bound(firstEvent, lowest, false);
			ahead = onlyOffset(lowest, highest);
		}
		if (ahead != StoredTimes.NONE) {
			if (ahead != known) {
				sighted(firstEvent, ahead, Strength.BRACKETED);
			}
			return;
		}
		ahead = Math.floorDiv(highest - SECOND, QUARTER) * QUARTER;
		if (ahead != known && firstEvent - created - ahead <= NEAR && inUse(ahead)) {
			sighted(firstEvent, ahead, Strength.NEAR);
		}
	}

	private long onlyOffset(long lowest, long highest) {
		Integer highestInUse = this.offsets.floor((int) Math.floorDiv(highest, SECOND));
		if (highestInUse == null || highestInUse * SECOND < lowest) {
			return StoredTimes.NONE;
		}
		Integer next = this.offsets.lower(highestInUse);
		return next == null || next * SECOND < lowest ? highestInUse * SECOND : StoredTimes.NONE;
	}

	private boolean inUse(long micros) {
		return Math.abs(micros) < DAY && this.offsets.contains((int) (micros / SECOND));
	}

	private void sighted(long wallMicros, long ahead, Strength strength) {
		int seconds = (int) (ahead / SECOND);
		this.sightings.merge(new Key(Math.floorDiv(wallMicros, HOUR), seconds, strength.ordinal()),
				new OffsetSighting(wallMicros, seconds, strength, 1),
				(old, added) -> new OffsetSighting(old.wallMicros(), seconds, strength, old.sessions() + 1));
	}

	private void bound(long wallMicros, long limit, boolean upper) {
		if (!this.databaseClockIsUtc || Math.abs(limit) > DAY) {
			return;
		}
		OffsetBound added = new OffsetBound(wallMicros, (int) Math.floorDiv(limit, SECOND), upper);
		this.bounds.merge(new Key(Math.floorDiv(wallMicros, HOUR), 0, upper ? 1 : 0), added,
				(old, fresh) -> upper == (fresh.seconds() < old.seconds()) ? fresh : old);
	}

	List<OffsetSighting> sightings() {
		List<OffsetSighting> list = new ArrayList<>(this.sightings.values());
		list.sort(Comparator.comparingLong(OffsetSighting::wallMicros)
			.thenComparing(OffsetSighting::strength)
			.thenComparingInt(OffsetSighting::offsetSeconds));
		return list;
	}

	List<OffsetBound> bounds() {
		List<OffsetBound> list = new ArrayList<>(this.bounds.values());
		list.sort(Comparator.comparingLong(OffsetBound::wallMicros).thenComparing(OffsetBound::upper));
		return list;
	}

	private record Key(long hour, int offsetSeconds, int kind) {
	}

}
