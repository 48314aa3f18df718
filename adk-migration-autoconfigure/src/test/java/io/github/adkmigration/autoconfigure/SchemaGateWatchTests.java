package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaGateWatchTests {

	private static final Instant SOON = Instant.now().plus(Duration.ofHours(1));

	private final Deque<Supplier<SchemaStatus>> looks = new ArrayDeque<>();

	private MigrationErrorCode reason = MigrationErrorCode.UNRECOGNIZED_SCHEMA;

	@ParameterizedTest
	@EnumSource(names = { "EQUAL", "AHEAD_COMPATIBLE" })
	void tablesThatCanBeUsedEndTheWaiting(Compatibility compatibility) throws InterruptedException {
		find(Compatibility.BEHIND, compatibility);
		assertThat(watch(SOON).await()).contains(status(compatibility));
		assertThat(this.looks).isEmpty();
	}

	@Test
	void aDatabaseThatDoesNotAnswerIsAskedAgain() throws InterruptedException {
		this.looks.add(() -> {
			throw failure(MigrationErrorCode.DATABASE_UNREACHABLE);
		});
		this.looks.add(() -> {
			throw new IllegalStateException("the pool is closed");
		});
		find(Compatibility.EQUAL);
		assertThat(watch(SOON).await()).contains(status(Compatibility.EQUAL));
	}

	@Test
	void oneLookAtTablesBetweenTwoStatementsOfAMigrationIsNotBelieved() throws InterruptedException {
		find(Compatibility.UNRECOGNIZED, Compatibility.BEHIND, Compatibility.UNRECOGNIZED, Compatibility.EQUAL);
		assertThat(watch(SOON).await()).contains(status(Compatibility.EQUAL));
	}

	@Test
	void tablesThatTwoLooksDoNotRecogniseEndTheWaitingWithTheReason() {
		find(Compatibility.UNRECOGNIZED, Compatibility.UNRECOGNIZED, Compatibility.EQUAL);
		assertEnds(watch(SOON), MigrationErrorCode.UNRECOGNIZED_SCHEMA);
		assertThat(this.looks).hasSize(1);
	}

	@Test
	void aReasonThatMayPassDoesNotEndTheWaiting() throws InterruptedException {
		this.reason = MigrationErrorCode.DATABASE_UNREACHABLE;
		find(Compatibility.UNRECOGNIZED, Compatibility.UNRECOGNIZED, Compatibility.EQUAL);
		assertThat(watch(SOON).await()).contains(status(Compatibility.EQUAL));
	}

	@Test
	void tablesOfANewerVersionEndTheWaiting() {
		find(Compatibility.AHEAD_INCOMPATIBLE, Compatibility.AHEAD_INCOMPATIBLE);
		assertEnds(watch(SOON), MigrationErrorCode.AHEAD_INCOMPATIBLE);
	}

	@Test
	void whenTheTimeIsOverThenALastLookDecides() throws InterruptedException {
		find(Compatibility.EQUAL);
		assertThat(watch(Instant.now().minusSeconds(1)).await()).contains(status(Compatibility.EQUAL));
		find(Compatibility.BEHIND, Compatibility.EQUAL);
		assertEnds(watch(Instant.now().minusSeconds(1)), MigrationErrorCode.NOT_MIGRATED_IN_TIME);
		assertThat(this.looks).hasSize(1);
	}

	@Test
	void whenTheDatabaseDoesNotAnswerInTheEndThenTheTextSaysSo() {
		this.looks.add(() -> {
			throw failure(MigrationErrorCode.DATABASE_UNREACHABLE);
		});
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> watch(Instant.now().minusSeconds(1)).await())
			.withMessageContaining("and the database does not answer.");
	}

	@Test
	void aWatchThatIsStoppedFindsNothing() throws InterruptedException {
		SchemaGateWatch watch = watch(SOON);
		this.looks.add(() -> {
			watch.stop();
			return status(Compatibility.EQUAL);
		});
		assertThat(watch.await()).isEqualTo(Optional.empty());
		assertThat(this.looks).isEmpty();
	}

	private SchemaGateWatch watch(Instant until) {
		return new SchemaGateWatch(new Waiting(status(Compatibility.BEHIND), Instant.EPOCH, until),
				() -> this.looks.remove().get(), new Refusal(() -> {
					throw failure(this.reason);
				}), Duration.ofMillis(1), Clock.systemUTC());
	}

	private void find(Compatibility... found) {
		for (Compatibility compatibility : found) {
			this.looks.add(() -> status(compatibility));
		}
	}

	private static void assertEnds(SchemaGateWatch watch, MigrationErrorCode code) {
		ThrowingCallable await = watch::await;
		assertThatExceptionOfType(MigrationException.class).isThrownBy(await)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	private static MigrationException failure(MigrationErrorCode code) {
		return new MigrationException(code, "The reason.", "Do something.");
	}

	private static SchemaStatus status(Compatibility compatibility) {
		return new SchemaStatus(compatibility, "empty", "no ADK tables", null, "base", "0002", List.of(), List.of(),
				List.of(), null);
	}

}
