package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to a run as events of the application: a {@link RunStart}, a
 * {@link StepReport} for each step, and a {@link RunEnd}, unless nothing was pending.
 * Annotated listeners hear of the start's own run only if their beans existed by then; a
 * {@link MigrationListener} bean always does.
 */
final class MigrationEventPublisher implements MigrationListener {

	private final ApplicationEventPublisher publisher;

	MigrationEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void started(RunStart start) {
		this.publisher.publishEvent(start);
	}

	@Override
	public void ends(StepReport step) {
		this.publisher.publishEvent(step);
	}

	@Override
	public void ended(RunEnd end) {
		if (!end.outcome().equals("up-to-date")) {
			this.publisher.publishEvent(end);
		}
	}

}
