package io.github.adkmigration.autoconfigure.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaStatusCacheTests {

	private static final SchemaStatus STATUS = new SchemaStatus(Compatibility.EQUAL, "head", "head", "1", "0002",
			"0002", List.of(), List.of(), List.of(), null);

	private final SettableClock clock = new SettableClock();

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void whenTheLookIsYoungEnoughThenItIsNotRepeated() {
		SchemaStatusCache cache = cache(Duration.ofSeconds(10));
		assertThat(cache.get()).isSameAs(STATUS);
		this.clock.advance(Duration.ofMillis(9999));
		assertThat(cache.get()).isSameAs(STATUS);
		assertThat(this.looks).hasValue(1);
	}

	@Test
	void whenTheLookIsTooOldThenItIsRepeated() {
		SchemaStatusCache cache = cache(Duration.ofSeconds(10));
		cache.get();
		this.clock.advance(Duration.ofSeconds(10));
		cache.get();
		assertThat(this.looks).hasValue(2);
	}

	@Test
	void whenTheAgeIsZeroThenEveryCallLooks() {
		SchemaStatusCache cache = cache(Duration.ZERO);
		cache.get();
		cache.get();
		assertThat(this.looks).hasValue(2);
	}

	@Test
	void whenTheLookFailedThenTheFailureIsRememberedAsLong() {
		SchemaStatusCache cache = new SchemaStatusCache(() -> {
			if (this.looks.incrementAndGet() == 1) {
				throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It is down.", "Start it.");
			}
			return STATUS;
		}, Duration.ofSeconds(10), this.clock);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(cache::get);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(cache::get);
		assertThat(this.looks).hasValue(1);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(cache.get()).isSameAs(STATUS);
	}

	@Test
	void whatSomebodyElseHasSeenTakesThePlaceOfAnOlderLook() {
		SchemaStatus seen = new SchemaStatus(Compatibility.BEHIND, "empty", "no ADK tables", null, "base", "0002",
				List.of(), List.of(), List.of(), null);
		SchemaStatusCache cache = cache(Duration.ofSeconds(10));
		assertThat(cache.get()).isSameAs(STATUS);
		this.clock.advance(Duration.ofSeconds(5));
		cache.keep(seen);
		this.clock.advance(Duration.ofSeconds(9));
		assertThat(cache.get()).isSameAs(seen);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(cache.get()).isSameAs(STATUS);
	}

	@Test
	void whatSomebodyElseHasSeenTakesThePlaceOfAFailure() {
		SchemaStatusCache cache = new SchemaStatusCache(() -> {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "It is down.", "Start it.");
		}, Duration.ofSeconds(10), this.clock);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(cache::get);
		cache.keep(STATUS);
		assertThat(cache.get()).isSameAs(STATUS);
	}

	private SchemaStatusCache cache(Duration maxAge) {
		return new SchemaStatusCache(() -> {
			this.looks.incrementAndGet();
			return STATUS;
		}, maxAge, this.clock);
	}

	private static final class SettableClock extends Clock {

		private Instant now = Instant.parse("2026-11-20T00:00:00Z");

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
