package io.github.adkmigration.clock;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * Says in words why a run is refused for want of a zone, and which line ends that.
 *
 * @since 0.1.0
 */
public final class WriterClockFailure {

	/** The property for the writer's zone. */
	public static final String TIME_ZONE = "adk.migration.legacy.time-zone";

	/** The property for the instant from which rows hold UTC. */
	public static final String UTC_SINCE = "adk.migration.legacy.utc-since";

	private static final int NAMED = 6;

	private WriterClockFailure() {
	}

	/**
	 * Return the failure that a decision amounts to.
	 * @param clock the decision
	 * @return {@code TIME_ZONE_REQUIRED} or {@code TIME_ZONE_CONTRADICTED}; empty if the
	 * decision has a zone
	 */
	public static Optional<MigrationException> of(WriterClock clock) {
		if (clock instanceof WriterClock.NotProven unknown) {
			return Optional.of(required(unknown));
		}
		if (clock instanceof WriterClock.Contradicted contradicted) {
			return Optional.of(contradicted(contradicted));
		}
		if (clock instanceof WriterClock.TwoClocks two) {
			return Optional.of(new MigrationException(MigrationErrorCode.TIME_ZONE_REQUIRED,
					"Some event times are local times and some are UTC, as when adk-python 2.7.0 or newer went on with"
							+ " the database." + found(two.offsets(), false) + fitting(two.candidates()) + change(two),
					"Set the zone of the older process and the instant of the change: " + line(two.candidates()) + " "
							+ UTC_SINCE + "=" + two.firstUtc()));
		}
		return Optional.empty();
	}

	private static String change(WriterClock.TwoClocks two) {
		if (two.proven()) {
			return " The rows prove the change: from " + two.firstUtc() + " on they are UTC, before it they are local.";
		}
		return " The change came at " + two.firstUtc() + " or before"
				+ (two.lastLocal() == null ? "" : ", after the local time " + two.lastLocal())
				+ "; the rows do not prove when.";
	}

	private static MigrationException required(WriterClock.NotProven clock) {
		String description = "The event times are local times of the process that wrote them, and the rows do not prove"
				+ " its zone." + found(clock.offsets(), clock.relative()) + fitting(clock.candidates());
		String action = "Set the zone of that process, for example " + line(clock.candidates());
		if (clock.possiblyUtcSince() != null) {
			description += " Rows from " + clock.possiblyUtcSince().toLocalDate()
					+ " on may be UTC, written by adk-python 2.7.0 or newer.";
			action += " and, if adk-python 2.7.0 or newer wrote to it, " + UTC_SINCE + "="
					+ clock.possiblyUtcSince().toInstant(ZoneOffset.UTC);
		}
		return new MigrationException(MigrationErrorCode.TIME_ZONE_REQUIRED, description, action);
	}

	private static MigrationException contradicted(WriterClock.Contradicted clock) {
		OffsetSighting example = clock.example();
		LocalZone configured = LocalZone.of(clock.configured());
		LocalDate date = LocalZone.wall(example.wallMicros()).toLocalDate();
		String description = "The zone " + clock.configured() + " contradicts the rows: on " + date
				+ " their writer was at " + offset(example.offsetSeconds()) + ", where " + clock.configured()
				+ " was at " + offset(configured.earlierSeconds(example.wallMicros())) + "."
				+ found(clock.offsets(), false) + fitting(clock.candidates());
		String action = clock.candidates().isEmpty() ? "Find out which processes wrote the rows, and set " + TIME_ZONE
				+ " and " + UTC_SINCE + " accordingly."
				: "Set the zone that the rows show, for example " + line(clock.candidates());
		return new MigrationException(MigrationErrorCode.TIME_ZONE_CONTRADICTED, description, action);
	}

	private static String offset(int seconds) {
		return seconds == 0 ? "+00:00" : ZoneOffset.ofTotalSeconds(seconds).getId();
	}

	private static String found(List<OffsetPeriod> offsets, boolean relative) {
		if (offsets.isEmpty()) {
			return " The rows show no offset.";
		}
		return (relative ? " Offsets found, against the database's clock: " : " Offsets found: ")
				+ some(offsets.stream().map(OffsetPeriod::toString).toList()) + ".";
	}

	private static String fitting(List<ZoneId> zones) {
		return zones.isEmpty() ? "" : " Zones that fit: " + some(zones.stream().map(ZoneId::getId).toList()) + ".";
	}

	private static String some(List<String> texts) {
		String named = texts.stream().limit(NAMED).collect(Collectors.joining(", "));
		return texts.size() > NAMED ? named + " and " + (texts.size() - NAMED) + " more" : named;
	}

	private static String line(List<ZoneId> zones) {
		return TIME_ZONE + "=" + (zones.isEmpty() ? "America/New_York" : zones.get(0));
	}

}
