package io.github.adkmigration.autoconfigure.actuate.endpoint;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an operator asks for through the endpoint. A migration takes its time, so it
 * goes on in the background, one at a time in this process; its outcome stands in the
 * record of runs.
 *
 * @since 0.1.0
 */
public class MigrationControl {

	private static final Logger logger = LoggerFactory.getLogger(MigrationControl.class);

	private final Supplier<MigrationReport> migrate;

	private final Supplier<RunRecord> pause;

	private final Supplier<RunRecord> resume;

	private final Consumer<MigrationReport> reports;

	private final AtomicBoolean migrating = new AtomicBoolean();

	/**
	 * Create the control.
	 * @param migrate migrates with the rights to change the schema
	 * @param pause pauses the conversion that goes on, in whatever process
	 * @param resume lets it go on
	 * @param reports told what a migration did
	 */
	public MigrationControl(Supplier<MigrationReport> migrate, Supplier<RunRecord> pause, Supplier<RunRecord> resume,
			Consumer<MigrationReport> reports) {
		this.migrate = migrate;
		this.pause = pause;
		this.resume = resume;
		this.reports = reports;
	}

	OperationResult operate(String operation) {
		try {
			return switch (operation) {
				case "migrate" -> migrate();
				case "pause" -> OperationResult.done(told(this.pause.get(), "stops before its next batch"));
				case "resume" -> OperationResult.done(told(this.resume.get(), "goes on"));
				default -> OperationResult.unknown("There is no such operation. Use migrate, pause or resume.");
			};
		}
		catch (MigrationException ex) {
			return OperationResult.refused(ex);
		}
	}

	private static String told(RunRecord run, String what) {
		return "The run of " + run.instance() + " " + what + ".";
	}

	private OperationResult migrate() {
		if (!this.migrating.compareAndSet(false, true)) {
			throw new MigrationException(MigrationErrorCode.REFUSED, "This process is migrating already.",
					"Wait until its run has ended.");
		}
		Thread thread = new Thread(this::migrateInBackground, "adk-migration-endpoint");
		thread.setDaemon(true);
		thread.start();
		return OperationResult.begun("The migration has begun; GET /actuator/adkmigration tells how far it is.");
	}

	private void migrateInBackground() {
		try {
			this.reports.accept(this.migrate.get());
		}
		catch (MigrationException ex) {
			logger.error("The migration that was asked for through the endpoint failed. {} {}", ex.description(),
					ex.action());
		}
		finally {
			this.migrating.set(false);
		}
	}

}
