package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a zone from 1970 to 2099 as arrays, read from the side of the wall clock:
 * a few comparisons and no object per time.
 *
 * @since 0.1.0
 */
public final class LocalZone {

	private static final long SECOND = 1_000_000L;

	/** Two to this power is 51 days in microseconds, so a stretch has few bounds. */
	private static final int STRETCH = 42;

	private static final int STRETCHES = 934;

	private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

	private final ZoneId id;

	/**
	 * Wall-clock bounds, two for each transition: where its gap or overlap starts, and
	 * where it ends.
	 */
	private final long[] bounds;

	/** For each piece between bounds: microseconds ahead of UTC, first pass. */
	private final long[] earlier;

	/** For each piece between bounds: the second pass; equal outside an overlap. */
	private final long[] later;

	/** For each stretch of time since 1970: the piece in which it begins. */
	private final short[] firstPieces;

	private LocalZone(ZoneId id, long[] bounds, long[] earlier, long[] later) {
		this.id = id;
		this.bounds = bounds;
		this.earlier = earlier;
		this.later = later;
		this.firstPieces = new short[STRETCHES];
		short piece = 0;
		for (int i = 1; i < STRETCHES; i++) {
			while (piece < bounds.length && bounds[piece] <= (long) i << STRETCH) {
				piece++;
			}
			this.firstPieces[i] = piece;
		}
	}

	/**
	 * Compile the rules of a zone.
	 * @param id a region or an offset
	 * @return its rules
	 */
	public static LocalZone of(ZoneId id) {
		ZoneRules rules = id.getRules();
		List<ZoneOffsetTransition> transitions = new ArrayList<>();
		ZoneOffsetTransition next = rules.nextTransition(FIRST);
		while (next != null && next.getInstant().isBefore(END)) {
			transitions.add(next);
			next = rules.nextTransition(next.getInstant());
		}
		int count = transitions.size();
		long[] bounds = new long[2 * count];
		long[] earlier = new long[2 * count + 1];
		long[] later = new long[2 * count + 1];
		earlier[0] = micros(rules.getOffset(FIRST));
		later[0] = earlier[0];
		for (int i = 0; i < count; i++) {
			ZoneOffsetTransition transition = transitions.get(i);
			long before = micros(transition.getOffsetBefore());
			long after = micros(transition.getOffsetAfter());
			long instant = transition.toEpochSecond() * SECOND;
			bounds[2 * i] = instant + Math.min(before, after);
			bounds[2 * i + 1] = instant + Math.max(before, after);
			earlier[2 * i + 1] = before;
			// No clock ever showed a time inside a gap; Python and Java both read it with
			// the offset from before.
			later[2 * i + 1] = transition.isGap() ? before : after;
			earlier[2 * i + 2] = after;
			later[2 * i + 2] = after;
		}
		return new LocalZone(id, bounds, earlier, later);
	}

	private static long micros(ZoneOffset offset) {
		return offset.getTotalSeconds() * SECOND;
	}

	/**
	 * Return the zone.
	 * @return the region or offset that was compiled
	 */
	public ZoneId id() {
		return this.id;
	}

	/**
	 * Return the instant of a wall-clock time.
	 * @param wallMicros wall-clock microseconds as if in UTC
	 * @param secondPass which of the two to take in a repeated hour
	 * @return epoch microseconds
	 */
	public long epochMicros(long wallMicros, boolean secondPass) {
		int piece = piece(wallMicros);
		return wallMicros - (secondPass ? this.later[piece] : this.earlier[piece]);
	}

	/**
	 * Return the repeated hours of the zone that touch a span.
	 * @param fromWallMicros start of the span, inclusive
	 * @param toWallMicros end of the span, exclusive
	 * @return start (inclusive) and end (exclusive) of each, in order
	 */
	List<long[]> repeated(long fromWallMicros, long toWallMicros) {
		List<long[]> found = new ArrayList<>();
		for (int i = 0; i < this.bounds.length; i += 2) {
			if (this.earlier[i + 1] != this.later[i + 1] && this.bounds[i] < toWallMicros
					&& this.bounds[i + 1] > fromWallMicros) {
				found.add(new long[] { this.bounds[i], this.bounds[i + 1] });
			}
		}
		return found;
	}

	int earlierSeconds(long wallMicros) {
		return (int) (this.earlier[piece(wallMicros)] / SECOND);
	}

	int laterSeconds(long wallMicros) {
		return (int) (this.later[piece(wallMicros)] / SECOND);
	}

	boolean shows(long wallMicros, int offsetSeconds) {
		return earlierSeconds(wallMicros) == offsetSeconds || laterSeconds(wallMicros) == offsetSeconds;
	}

	boolean agreesWith(LocalZone other, long wallMicros) {
		int mine = piece(wallMicros);
		int theirs = other.piece(wallMicros);
		return this.earlier[mine] == other.earlier[theirs] && this.later[mine] == other.later[theirs];
	}

	private int piece(long wallMicros) {
		int piece = this.firstPieces[(int) Math.max(0, Math.min(this.firstPieces.length - 1, wallMicros >> STRETCH))];
		while (piece < this.bounds.length && this.bounds[piece] <= wallMicros) {
			piece++;
		}
		return piece;
	}

	static LocalDateTime wall(long wallMicros) {
		return LocalDateTime.ofEpochSecond(Math.floorDiv(wallMicros, SECOND),
				(int) Math.floorMod(wallMicros, SECOND) * 1000, ZoneOffset.UTC);
	}

	static Instant instant(long epochMicros) {
		return wall(epochMicros).toInstant(ZoneOffset.UTC);
	}

	@Override
	public String toString() {
		return this.id.toString();
	}

}
