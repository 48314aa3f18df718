package io.github.adkmigration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import io.github.adkmigration.clock.OffsetPeriod;
import io.github.adkmigration.clock.SampleConversion;
import io.github.adkmigration.clock.WriterClock;
import io.github.adkmigration.report.ClockProof;
import io.github.adkmigration.settings.LegacyClock;

/**
 * The clock of a run as its record has it, for people, and for whoever has to convert
 * rows of the same table later.
 */
final class RecordedClock {

	private static final String UTC_SINCE = ", UTC since ";

	private RecordedClock() {
	}

	static String text(WriterClock clock, LegacyClock legacy) {
		return clock.describe() + (legacy.utcSince() == null ? "" : UTC_SINCE + legacy.utcSince());
	}

	/**
	 * Return the clock with what it makes of a few rows.
	 */
	static ClockProof proof(WriterClock clock, LegacyClock legacy) {
		List<SampleConversion> samples = List.of();
		if (clock instanceof WriterClock.Proven proven) {
			samples = proven.samples();
		}
		else if (clock instanceof WriterClock.Configured configured) {
			samples = configured.samples();
		}
		return new ClockProof(text(clock, legacy), clock.offsets().stream().map(OffsetPeriod::toString).toList(),
				samples.stream().map((sample) -> new ClockProof.Sample(sample.stored(), sample.instant())).toList());
	}

	/**
	 * Read a text back.
	 * @return the zone and from when on times are UTC; no zone where no time was naive
	 */
	static LegacyClock read(String text) {
		int comma = text.indexOf(',');
		int since = text.indexOf(UTC_SINCE);
		try {
			ZoneId zone = comma < 0 || comma == since ? null : ZoneId.of(text.substring(0, comma));
			Instant utcSince = since < 0 ? null : Instant.parse(text.substring(since + UTC_SINCE.length()));
			return new LegacyClock(zone, utcSince, true);
		}
		catch (DateTimeException ex) {
			throw new IllegalStateException("The record of a run has a clock that nobody wrote", ex);
		}
	}

}
