package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;

/**
 * What Spring Boot knows of the availability of the application, except that it is not
 * ready while the gate is closed, whoever says so and whenever. Events alone could not do
 * that: between Spring Boot's, which accepts traffic, and ours there would be a moment in
 * which a probe finds the application ready.
 */
final class GatedAvailability extends ApplicationAvailabilityBean {

	private final SchemaGate gate;

	GatedAvailability(SchemaGate gate) {
		this.gate = gate;
	}

	@Override
	public <S extends AvailabilityState> S getState(Class<S> stateType, S defaultState) {
		return closed(stateType) ? stateType.cast(ReadinessState.REFUSING_TRAFFIC)
				: super.getState(stateType, defaultState);
	}

	@Override
	public <S extends AvailabilityState> @Nullable S getState(Class<S> stateType) {
		return closed(stateType) ? stateType.cast(ReadinessState.REFUSING_TRAFFIC) : super.getState(stateType);
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
		// What the gate says is read from the gate, so what the application says is kept.
		if (event.getSource() != this.gate) {
			super.onApplicationEvent(event);
		}
	}

	private boolean closed(Class<?> stateType) {
		return stateType == ReadinessState.class && this.gate.waiting().isPresent();
	}

}
