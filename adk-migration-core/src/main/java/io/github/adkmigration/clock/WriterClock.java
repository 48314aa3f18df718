package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the clock behind the naive event times of a V0 database.
 *
 * @since 0.1.0
 */
public sealed interface WriterClock {

	/**
	 * Return the zone to convert with.
	 * @return the zone, empty when the run has to be refused
	 */
	Optional<LocalZone> zone();

	/**
	 * Return the offsets that the rows show.
	 * @return one entry for each stretch of time, in order; empty if they show none
	 */
	List<OffsetPeriod> offsets();

	/**
	 * Return the zone to convert with and where it is known from.
	 * @return a phrase for reports, at most 120 characters
	 */
	default String describe() {
		if (this instanceof Proven proven) {
			return proven.mostLikely() + ", proven by the rows";
		}
		if (this instanceof Configured known) {
			return known.configured()
					+ (known.contradicted() ? ", as confirmed against what the rows show" : ", as configured");
		}
		return this instanceof NotNeeded ? "not needed" : "unknown";
	}

	/**
	 * There is no naive event time, so no zone is needed.
	 */
	record NotNeeded() implements WriterClock {

		@Override
		public Optional<LocalZone> zone() {
			return Optional.of(LocalZone.of(ZoneId.of("UTC")));
		}

		@Override
		public List<OffsetPeriod> offsets() {
			return List.of();
		}

	}

	/**
	 * Every zone that fits the rows gives the same instants.
	 *
	 * @param mostLikely the zone to convert with
	 * @param candidates all zones that fit, the likely ones first
	 * @param samples up to three conversions
	 */
	record Proven(LocalZone mostLikely, List<ZoneId> candidates, List<OffsetPeriod> offsets,
			List<SampleConversion> samples) implements WriterClock {

		public Proven {
			candidates = List.copyOf(candidates);
			offsets = List.copyOf(offsets);
			samples = List.copyOf(samples);
		}

		@Override
		public Optional<LocalZone> zone() {
			return Optional.of(this.mostLikely);
		}

	}

	/**
	 * The zone is configured, and the rows do not speak against it or somebody has
	 * confirmed it.
	 *
	 * @param configured the zone to convert with
	 * @param contradicted whether the rows speak against it
	 * @param samples up to three conversions
	 */
	record Configured(LocalZone configured, boolean contradicted, List<OffsetPeriod> offsets,
			List<SampleConversion> samples) implements WriterClock {

		public Configured {
			offsets = List.copyOf(offsets);
			samples = List.copyOf(samples);
		}

		@Override
		public Optional<LocalZone> zone() {
			return Optional.of(this.configured);
		}

	}

	/**
	 * The rows leave more than one possibility, or show nothing.
	 *
	 * @param candidates the zones that fit what the rows show, the likely ones first;
	 * empty if they show nothing
	 * @param relative whether the offsets are against the database's clock, whose zone is
	 * not known, instead of against UTC
	 * @param possiblyUtcSince wall-clock time of the first row that adk-python 2.7.0 or
	 * newer may have written, if there may be such rows
	 */
	record NotProven(List<ZoneId> candidates, List<OffsetPeriod> offsets, boolean relative,
			@Nullable LocalDateTime possiblyUtcSince) implements WriterClock {

		public NotProven {
			candidates = List.copyOf(candidates);
			offsets = List.copyOf(offsets);
		}

		@Override
		public Optional<LocalZone> zone() {
			return Optional.empty();
		}

	}

	/**
	 * The rows show an offset that the configured zone did not have at that time.
	 *
	 * @param configured the zone; UTC for rows from {@code utc-since} on
	 * @param candidates the zones that fit what the rows show, the likely ones first
	 * @param example a sighting that the zone does not fit
	 */
	record Contradicted(ZoneId configured, List<ZoneId> candidates, List<OffsetPeriod> offsets,
			OffsetSighting example) implements WriterClock {

		public Contradicted {
			candidates = List.copyOf(candidates);
			offsets = List.copyOf(offsets);
		}

		@Override
		public Optional<LocalZone> zone() {
			return Optional.empty();
		}

	}

	/**
	 * Some rows hold local times and some hold UTC, as when adk-python 2.7.0 or newer
	 * went on with the database of an older one.
	 *
	 * @param candidates the zones that fit the local ones, the likely ones first
	 * @param firstUtc the oldest time that is surely UTC
	 * @param lastLocal the wall clock time of the newest session before it that is surely
	 * local, or {@code null} if there is none
	 * @param proven whether everything before {@code firstUtc} is local
	 */
	record TwoClocks(List<ZoneId> candidates, List<OffsetPeriod> offsets, Instant firstUtc,
			@Nullable LocalDateTime lastLocal, boolean proven) implements WriterClock {

		public TwoClocks {
			candidates = List.copyOf(candidates);
			offsets = List.copyOf(offsets);
		}

		@Override
		public Optional<LocalZone> zone() {
			return Optional.empty();
		}

	}

}
