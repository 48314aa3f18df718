package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * Tells those who listen to changes of the readiness that there is none while the gate is
 * closed, and afterwards what the application has said meanwhile. What a probe reads does
 * not depend on it: that is {@link GatedAvailability}.
 */
final class GatedReadiness implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	/** Under which a closed gate is found in the application. */
	static final String BEAN_NAME = "adkMigrationGatedReadiness";

	private final SchemaGate gate;

	private final ApplicationEventPublisher publisher;

	private @Nullable ReadinessState said;

	/**
	 * Create it.
	 * @param gate the gate, the source of events that are not the application's own
	 * @param publisher where to tell
	 */
	GatedReadiness(SchemaGate gate, ApplicationEventPublisher publisher) {
		this.gate = gate;
		this.publisher = publisher;
	}

	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getSource() != this.gate) {
			this.said = event.getState();
		}
	}

	/**
	 * Take back what the application has just said, if the gate is closed.
	 */
	synchronized void refuse() {
		if (this.gate.waiting().isPresent()) {
			publish(ReadinessState.REFUSING_TRAFFIC);
		}
	}

	/**
	 * Open the gate. An application that is not yet up says itself when it is.
	 */
	synchronized void open() {
		this.gate.open();
		if (this.said != null) {
			publish(this.said);
		}
	}

	private void publish(ReadinessState state) {
		AvailabilityChangeEvent.publish(this.publisher, this.gate, state);
	}

}
