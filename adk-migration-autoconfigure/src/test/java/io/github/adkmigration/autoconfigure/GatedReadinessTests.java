package io.github.adkmigration.autoconfigure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.SchemaStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

class GatedReadinessTests {

	private final SchemaGate gate = new SchemaGate();

	private final List<Object> told = new ArrayList<>();

	private final GatedReadiness readiness = new GatedReadiness(this.gate, this::publish);

	@BeforeEach
	void close() {
		this.gate.close(new SchemaGate.Waiting(new SchemaStatus(Compatibility.BEHIND, "empty", "no ADK tables", null,
				"base", "0002", List.of(), List.of(), List.of(), null), Instant.EPOCH, Instant.EPOCH));
	}

	@Test
	void whenTheApplicationIsUpBeforeItsTablesThenItAcceptsTrafficWithThem() {
		say(ACCEPTING_TRAFFIC);
		this.readiness.refuse();
		this.readiness.open();
		assertThat(this.told).containsExactly(REFUSING_TRAFFIC, ACCEPTING_TRAFFIC);
		assertThat(this.gate.waiting()).isEmpty();
	}

	@Test
	void whenTheTablesAreThereBeforeTheApplicationIsUpThenItsOwnWordCounts() {
		this.readiness.open();
		say(ACCEPTING_TRAFFIC);
		this.readiness.refuse();
		assertThat(this.told).isEmpty();
	}

	@Test
	void anApplicationThatRefusesTrafficForReasonsOfItsOwnGoesOnToDoSo() {
		say(ACCEPTING_TRAFFIC);
		this.readiness.refuse();
		say(REFUSING_TRAFFIC);
		this.readiness.open();
		assertThat(this.told).containsExactly(REFUSING_TRAFFIC, REFUSING_TRAFFIC);
	}

	private void say(ReadinessState state) {
		this.readiness.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
	}

	@SuppressWarnings("unchecked")
	private void publish(Object event) {
		AvailabilityChangeEvent<ReadinessState> change = (AvailabilityChangeEvent<ReadinessState>) event;
		this.told.add(change.getState());
		this.readiness.onApplicationEvent(change);
	}

}
