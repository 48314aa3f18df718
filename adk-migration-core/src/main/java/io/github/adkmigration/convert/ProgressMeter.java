package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.RowCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how fast a copy is, and tells now and then: the listener twice a second, the
 * log every ten seconds.
 */
final class ProgressMeter {

	private static final Logger logger = LoggerFactory.getLogger(ProgressMeter.class);

	private static final long LISTENER_NANOS = 500_000_000L;

	private static final long LOG_NANOS = 10_000_000_000L;

	private static final double NANOS = 1e9;

	private final String step;

	private final GuardedListener listener;

	private final long total;

	private final long doneBefore;

	private final long begun = System.nanoTime();

	private long idle;

	private long told = this.begun;

	private long logged = this.begun;

	private ProgressMeter(String step, GuardedListener listener, long total, long doneBefore) {
		this.step = step;
		this.listener = listener;
		this.total = total;
		this.doneBefore = doneBefore;
	}

	/**
	 * Begin to measure. Rows are counted, whoever listens here: others read it in the
	 * record.
	 */
	static ProgressMeter begin(Connection connection, String step, GuardedListener listener, String table,
			RowCounts before) throws SQLException {
		long total;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
			row.next();
			total = row.getLong(1);
		}
		ProgressMeter meter = new ProgressMeter(step, listener, total, before.read());
		meter.tell(before.read(), meter.begun);
		return meter;
	}

	void at(RowCounts counts) {
		long now = System.nanoTime();
		if (now - this.logged > LOG_NANOS) {
			double rate = rate(counts.read(), now);
			Duration left = timeLeft(counts.read(), rate);
			logger.info("{} of {} events read, {} converted, {} per second, {} left", counts.read(), this.total,
					counts.converted(), Math.round(rate), left == null ? "unknown" : left);
			this.logged = now;
		}
		if (now - this.told > LISTENER_NANOS) {
			tell(counts.read(), now);
		}
	}

	/**
	 * Take out of the account how long nothing was to be done.
	 */
	void paused(long nanos, RowCounts counts) {
		this.idle += nanos;
		logger.info("The conversion was paused, and goes on at {} events", counts.read());
	}

	long total() {
		return this.total;
	}

	/**
	 * Return the rate of this attempt, rows per second.
	 */
	double rate(RowCounts counts) {
		return rate(counts.read(), System.nanoTime());
	}

	private double rate(long done, long now) {
		long working = now - this.begun - this.idle;
		return working <= 0 ? 0 : (done - this.doneBefore) / (working / NANOS);
	}

	void end(RowCounts counts) {
		tell(counts.read(), System.nanoTime());
	}

	private void tell(long done, long now) {
		this.told = now;
		double rate = rate(done, now);
		this.listener.progress(new Progress(this.step, done, this.total, rate, timeLeft(done, rate)));
	}

	private @Nullable Duration timeLeft(long done, double rate) {
		return rate <= 0 ? null : Duration.ofSeconds(Math.round(Math.max(0, this.total - done) / rate));
	}

}
