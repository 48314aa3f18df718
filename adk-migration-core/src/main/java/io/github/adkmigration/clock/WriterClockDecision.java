package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.clock.OffsetSighting.Strength;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the evidence which zone the naive times are in.
 *
 * <p>
 * The rows prove a zone when all zones that fit every sighting and every bound give the
 * same instants in every hour that holds an event; which of them is named then does not
 * matter. One exact or bracketed sighting is enough for that, or one near one that no
 * bound contradicts. A near sighting is wrong when a user waited for a whole number of
 * quarters of an hour, and at most five seconds more, before the first message: less than
 * once in 150 sessions that waited so long. So near sightings may disagree as long as
 * they are at most one for 20 sessions that agree, since a zone that respects the bounds
 * explains them by such a wait.
 *
 * <p>
 * Two things look like a proof and are not. An offset of zero is also what adk-python
 * 2.7.0 and newer shows in any zone, so zero alone proves UTC only when it is seen within
 * a day of the oldest event. And off SQLite a difference of exactly zero is what most
 * releases write in any zone; when there are such sessions after the last one with
 * another offset, their writer may be that newer one.
 *
 * @since 0.1.0
 */
public final class WriterClockDecision {

	private static final long SECOND = 1_000_000L;

	private static final long HOUR = 3_600 * SECOND;

	private static final long DAY = 24 * HOUR;

	private static final long SESSIONS_PER_STRAY = 20;

	private WriterClockDecision() {
	}

	/**
	 * Decide.
	 * @param evidence what the rows say
	 * @param configured the zone that is configured, or {@code null}
	 * @param utcSince from when on rows hold UTC, or {@code null}
	 * @param confirmed whether the configured zone is to be used even against the rows
	 * @return the decision
	 */
	public static WriterClock decide(WriterClockEvidence evidence, @Nullable ZoneId configured,
			@Nullable Instant utcSince, boolean confirmed) {
		long[] hours = evidence.eventHours();
		if (hours.length == 0) {
			return new WriterClock.NotNeeded();
		}
		long since = utcSince == null ? Long.MAX_VALUE : LocalTimes.micros(utcSince);
		List<OffsetSighting> usable = evidence.usable();
		List<OffsetSighting> local = usable.stream()
			.filter((sighting) -> sighting.wallMicros() < since || lateLocal(sighting, since))
			.toList();
		List<OffsetBound> bounds = evidence.bounds().stream().filter((bound) -> bound.wallMicros() < since).toList();
		List<LocalZone> fitting = local.isEmpty() ? List.of() : fitting(local, bounds);
		List<OffsetPeriod> periods = periods(usable);
		for (OffsetSighting sighting : usable) {
			if (sighting.wallMicros() >= since && sighting.offsetSeconds() != 0 && sighting.strength() != Strength.NEAR
					&& !lateLocal(sighting, since) && !confirmed) {
				return new WriterClock.Contradicted(ZoneId.of("UTC"), ids(fitting), periods, sighting);
			}
		}
		if (configured != null) {
			return configured(evidence, LocalZone.of(configured), since, confirmed, local, bounds, periods);
		}
		if (hours[0] * HOUR >= since) {
			LocalZone utc = LocalZone.of(ZoneId.of("UTC"));
			return new WriterClock.Proven(utc, List.of(utc.id()), periods, samples(evidence, utc, since));
		}
		if (local.isEmpty()) {
			return new WriterClock.NotProven(List.of(), periods(evidence.sightings()), !evidence.databaseClockIsUtc(),
					null);
		}
		return inferred(evidence, since, local, fitting, periods);
	}

	private static WriterClock configured(WriterClockEvidence evidence, LocalZone zone, long since, boolean confirmed,
			List<OffsetSighting> local, List<OffsetBound> bounds, List<OffsetPeriod> periods) {
		List<OffsetSighting> misfits = local.stream()
			.filter((sighting) -> sighting.strength() != Strength.NEAR && !fits(zone, sighting))
			.toList();
		if (misfits.isEmpty()) {
			List<OffsetSighting> strays = strays(zone, local);
			misfits = tooMany(strays, local) ? strays : List.of();
		}
		if (misfits.isEmpty() || confirmed) {
			return new WriterClock.Configured(zone, !misfits.isEmpty(), periods, samples(evidence, zone, since));
		}
		boolean utcToo = misfits.stream().allMatch((sighting) -> sighting.offsetSeconds() == 0);
		boolean zoneSeen = local.stream().anyMatch((sighting) -> sighting.offsetSeconds() != 0 && fits(zone, sighting));
		if (utcToo && zoneSeen) {
			return twoClocks(evidence, List.of(zone.id()), periods, local);
		}
		return new WriterClock.Contradicted(zone.id(), ids(fitting(local, bounds)), periods, misfits.get(0));
	}

	private static WriterClock inferred(WriterClockEvidence evidence, long since, List<OffsetSighting> local,
			List<LocalZone> fitting, List<OffsetPeriod> periods) {
		if (fitting.isEmpty()) {
			List<OffsetSighting> zero = local.stream()
				.filter((sighting) -> sighting.offsetSeconds() == 0 && sighting.strength() != Strength.NEAR)
				.toList();
			List<OffsetSighting> others = local.stream().filter((sighting) -> sighting.offsetSeconds() != 0).toList();
			List<LocalZone> zones = zero.isEmpty() || others.isEmpty() ? List.of() : fitting(others, List.of());
			return zones.isEmpty() ? new WriterClock.NotProven(List.of(), periods, false, null)
					: twoClocks(evidence, ids(zones), periods, local);
		}
		long[] hours = evidence.eventHours();
		LocalZone first = fitting.get(0);
		boolean zeroOnly = local.stream().allMatch((sighting) -> sighting.offsetSeconds() == 0);
		boolean lateZero = zeroOnly && local.get(0).wallMicros() > hours[0] * HOUR + DAY;
		LocalDateTime possiblyUtcSince = possiblyUtcSince(evidence, local, since);
		if (lateZero || possiblyUtcSince != null || !agree(fitting, hours, since)) {
			return new WriterClock.NotProven(ids(fitting), periods, false, possiblyUtcSince);
		}
		return new WriterClock.Proven(first, ids(fitting), periods, samples(evidence, first, since));
	}

	/**
	 * In a zone ahead of UTC the last hours before the change read as if they were behind
	 * it. {@link LateLocalSessions} takes such sessions for what they are.
	 */
	private static boolean lateLocal(OffsetSighting sighting, long since) {
		return sighting.strength() == Strength.EXACT && sighting.offsetSeconds() > 0
				&& sighting.wallMicros() - sighting.offsetSeconds() * SECOND < since && sighting.wallMicros() >= since;
	}

	/**
	 * Find when the newer writer began. In a zone behind UTC its first time is at least
	 * an offset behind the last local one, however soon it came. So what follows another
	 * time sooner than that has the same writer, and the change is where there is such a
	 * gap before the first time that is surely UTC.
	 */
	private static WriterClock twoClocks(WriterClockEvidence evidence, List<ZoneId> zones, List<OffsetPeriod> periods,
			List<OffsetSighting> sightings) {
		long firstUtc = sightings.stream()
			.filter((sighting) -> sighting.offsetSeconds() == 0 && sighting.strength() != Strength.NEAR)
			.mapToLong(OffsetSighting::wallMicros)
			.min()
			.orElseThrow();
		OffsetSighting lastLocal = sightings.stream()
			.filter((sighting) -> sighting.offsetSeconds() != 0 && sighting.wallMicros() < firstUtc)
			.reduce((earlier, later) -> later)
			.orElse(null);
		long since = firstUtc;
		long gaps = 0;
		long[] hours = evidence.eventHours();
		for (int i = 1; lastLocal != null && i < hours.length; i++) {
			boolean between = hours[i - 1] >= Math.floorDiv(lastLocal.wallMicros(), HOUR)
					&& hours[i] * HOUR <= firstUtc;
			if (between && (hours[i] - hours[i - 1] + 1) * HOUR > -lastLocal.offsetSeconds() * SECOND
					&& lastLocal.offsetSeconds() < 0) {
				since = hours[i] * HOUR;
				gaps++;
			}
		}
		return new WriterClock.TwoClocks(zones, periods, LocalZone.instant(since),
				lastLocal == null ? null : LocalZone.wall(lastLocal.wallMicros()), gaps == 1);
	}

	private static @Nullable LocalDateTime possiblyUtcSince(WriterClockEvidence evidence, List<OffsetSighting> local,
			long since) {
		if (evidence.databaseClockIsUtc()) {
			return null;
		}
		long lastLocal = local.get(local.size() - 1).wallMicros();
		for (OffsetSighting sighting : evidence.sightings()) {
			if (sighting.strength() == Strength.EXACT && sighting.offsetSeconds() == 0
					&& sighting.wallMicros() > lastLocal && sighting.wallMicros() < since) {
				return LocalZone.wall(sighting.wallMicros());
			}
		}
		return null;
	}

	private static List<LocalZone> fitting(List<OffsetSighting> sightings, List<OffsetBound> bounds) {
		List<LocalZone> zones = new ArrayList<>();
		for (LocalZone zone : CandidateZones.all()) {
			boolean fits = sightings.stream()
				.allMatch((sighting) -> sighting.strength() == Strength.NEAR || fits(zone, sighting))
					&& bounds.stream().allMatch((bound) -> bound.allows(zone))
					&& !tooMany(strays(zone, sightings), sightings);
			if (fits) {
				zones.add(zone);
			}
		}
		return zones;
	}

	private static boolean fits(LocalZone zone, OffsetSighting sighting) {
		return zone.shows(sighting.wallMicros(), sighting.offsetSeconds());
	}

	private static List<OffsetSighting> strays(LocalZone zone, List<OffsetSighting> sightings) {
		return sightings.stream()
			.filter((sighting) -> sighting.strength() == Strength.NEAR && !fits(zone, sighting))
			.toList();
	}

	private static boolean tooMany(List<OffsetSighting> strays, List<OffsetSighting> sightings) {
		long stray = strays.stream().mapToLong(OffsetSighting::sessions).sum();
		long all = sightings.stream().mapToLong(OffsetSighting::sessions).sum();
		return stray * SESSIONS_PER_STRAY > all - stray;
	}

	private static boolean agree(List<LocalZone> zones, long[] hours, long since) {
		LocalZone first = zones.get(0);
		for (LocalZone other : zones.subList(1, zones.size())) {
			for (long hour : hours) {
				long start = hour * HOUR;
				for (long part = 0; part < 4 && start < since; part++) {
					if (!first.agreesWith(other, start + part * HOUR / 4)) {
						return false;
					}
				}
				if (start < since && !first.agreesWith(other, start + HOUR - 1)) {
					return false;
				}
			}
		}
		return true;
	}

	private static List<OffsetPeriod> periods(List<OffsetSighting> sightings) {
		List<OffsetPeriod> periods = new ArrayList<>();
		for (OffsetSighting sighting : sightings) {
			LocalDate date = LocalZone.wall(sighting.wallMicros()).toLocalDate();
			ZoneOffset offset = ZoneOffset.ofTotalSeconds(sighting.offsetSeconds());
			int last = periods.size() - 1;
			if (last >= 0 && periods.get(last).offset().equals(offset)) {
				OffsetPeriod open = periods.get(last);
				periods.set(last, new OffsetPeriod(open.from(), date, offset, open.sessions() + sighting.sessions()));
			}
			else {
				periods.add(new OffsetPeriod(date, date, offset, sighting.sessions()));
			}
		}
		return periods;
	}

	private static List<SampleConversion> samples(WriterClockEvidence evidence, LocalZone zone, long since) {
		return evidence.samples()
			.stream()
			.map((wallMicros) -> new SampleConversion(LocalZone.wall(wallMicros),
					LocalZone.instant(wallMicros >= since ? wallMicros : zone.epochMicros(wallMicros, false))))
			.toList();
	}

	private static List<ZoneId> ids(List<LocalZone> zones) {
		return zones.stream().map(LocalZone::id).toList();
	}

}
