package io.github.adkmigration.convert;

import java.time.Duration;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.ConversionEstimate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTimesTests {

	private static final long SECOND = 1_000_000_000L;

	private static final SampleTimes WRITTEN = new SampleTimes(2000, 1000, SECOND / 4, SECOND / 4, SECOND / 2, true);

	@Test
	void twiceAsManyRowsTakeTwiceAsLongButForWhatIsFixed() {
		Duration one = WRITTEN.estimate(100_000, DatabaseDialect.POSTGRESQL, 0).duration();
		Duration two = WRITTEN.estimate(200_000, DatabaseDialect.POSTGRESQL, 0).duration();
		assertThat(two.plusSeconds(1)).isEqualTo(one.multipliedBy(2));
		assertThat(one).isGreaterThan(Duration.ofSeconds(75));
	}

	@Test
	void rowsThatCouldNotBeWrittenAreTakenToNeedAsLongForThat() {
		ConversionEstimate unwritten = new SampleTimes(2000, 1000, SECOND / 4, SECOND / 4, 0, false).estimate(100_000,
				DatabaseDialect.POSTGRESQL, 0);
		assertThat(unwritten.duration()).isEqualTo(WRITTEN.estimate(100_000, DatabaseDialect.POSTGRESQL, 0).duration());
		assertThat(unwritten.written()).isFalse();
		assertThat(unwritten.sampledRows()).isEqualTo(2000);
	}

	@Test
	void aLimitOfTheSettingsIsALimit() {
		assertThat(WRITTEN.estimate(100_000, DatabaseDialect.POSTGRESQL, 100))
			.isEqualTo(new ConversionEstimate(Duration.ofSeconds(1000), 2000, true, 100));
		assertThat(WRITTEN.estimate(100_000, DatabaseDialect.POSTGRESQL, 1_000_000))
			.isEqualTo(WRITTEN.estimate(100_000, DatabaseDialect.POSTGRESQL, 0));
	}

}
