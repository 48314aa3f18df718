package io.github.adkmigration.clock;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The zones a writer may have lived in, the likely ones first: one region for each set of
 * rules, and each offset that some region uses as a zone of its own.
 */
final class CandidateZones {

	/** Where two regions have the same rules, the one most people know. */
	private static final List<String> KNOWN = List.of("UTC", "America/New_York", "America/Chicago", "America/Denver",
			"America/Los_Angeles", "America/Phoenix", "America/Sao_Paulo", "America/Toronto", "America/Mexico_City",
			"America/Bogota", "America/Argentina/Buenos_Aires", "Europe/London", "Europe/Berlin", "Europe/Paris",
			"Europe/Athens", "Europe/Moscow", "Europe/Istanbul", "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg",
			"Africa/Nairobi", "Asia/Jerusalem", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu",
			"Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul",
			"Australia/Sydney", "Australia/Perth", "Pacific/Auckland");

	private static final List<String> AREAS = List.of("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/",
			"Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/");

	private CandidateZones() {
	}

	static List<LocalZone> all() {
		return Holder.ALL;
	}

	/**
	 * Return the offsets that some region has used since 2005.
	 * @return seconds ahead of UTC
	 */
	static NavigableSet<Integer> offsetsInUse() {
		return Holder.OFFSETS;
	}

	/** Read when the first V0 event asks for it, not when an application starts. */
	private static final class Holder {

		private static final long FIRST_YEAR = 1_104_537_600L;

		private static final long LAST_YEAR = 1_893_456_000L;

		private static final long STEP = 30L * 86_400;

		private static final List<LocalZone> ALL;

		private static final NavigableSet<Integer> OFFSETS;

		static {
			List<String> names = new ArrayList<>();
			for (String name : ZoneId.getAvailableZoneIds()) {
				if (name.equals("UTC") || AREAS.stream().anyMatch(name::startsWith)) {
					names.add(name);
				}
			}
			names.sort(Comparator.comparingInt(Holder::rank).thenComparing(Comparator.naturalOrder()));
			Map<ZoneRules, LocalZone> zones = new LinkedHashMap<>();
			NavigableSet<Integer> offsets = new TreeSet<>();
			for (String name : names) {
				ZoneId id = ZoneId.of(name);
				zones.computeIfAbsent(id.getRules(), (rules) -> LocalZone.of(id));
				for (long second = FIRST_YEAR; second < LAST_YEAR; second += STEP) {
					offsets.add(id.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds());
				}
			}
			for (int offset : offsets) {
				ZoneOffset id = ZoneOffset.ofTotalSeconds(offset);
				zones.computeIfAbsent(id.getRules(), (rules) -> LocalZone.of(id));
			}
			ALL = List.copyOf(zones.values());
			OFFSETS = Collections.unmodifiableNavigableSet(offsets);
		}

		private static int rank(String name) {
			int known = KNOWN.indexOf(name);
			return known < 0 ? KNOWN.size() : known;
		}

	}

}
