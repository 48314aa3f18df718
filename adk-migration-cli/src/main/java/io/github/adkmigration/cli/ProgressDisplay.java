package io.github.adkmigration.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

import io.github.adkmigration.cli.OutputOptions.ProgressStyle;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;

/**
 * Shows how far a run is: on a terminal one line that is written over and over, elsewhere
 * a line now and then, so that a log stays short.
 */
final class ProgressDisplay implements MigrationListener {

	private static final long PLAIN_NANOS = 10_000_000_000L;

	private static final int BAR_WIDTH = 24;

	private static final int LINE_WIDTH = 96;

	private static final int PERCENT = 100;

	private final PrintStream err;

	private final boolean bar;

	private long shown = System.nanoTime();

	private boolean lineOpen;

	private ProgressDisplay(PrintStream err, boolean bar) {
		this.err = err;
		this.bar = bar;
	}

	/**
	 * Choose a display.
	 */
	static MigrationListener of(ProgressStyle style, PrintStream err) {
		return switch (style) {
			case NONE -> MigrationListener.NONE;
			case BAR -> new ProgressDisplay(err, true);
			case PLAIN -> new ProgressDisplay(err, false);
			case AUTO -> new ProgressDisplay(err, onTerminal());
		};
	}

	/**
	 * Since Java 22 there is a console also where there is no terminal, and a method that
	 * tells.
	 */
	private static boolean onTerminal() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		try {
			return (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	@Override
	public void begins(String step, String description) {
		endLine();
		this.err.println(description);
	}

	@Override
	public void progress(Progress progress) {
		boolean complete = progress.rowsTotal() >= 0 && progress.rowsDone() >= progress.rowsTotal();
		if (this.bar) {
			String line = barLine(progress);
			this.err.print("\r" + line + " ".repeat(Math.max(0, LINE_WIDTH - line.length())));
			this.err.flush();
			this.lineOpen = true;
			if (complete) {
				endLine();
			}
			return;
		}
		long now = System.nanoTime();
		if (now - this.shown >= PLAIN_NANOS || (complete && progress.rowsDone() > 0)) {
			this.err.println("  " + words(progress));
			this.shown = now;
		}
	}

	private void endLine() {
		if (this.lineOpen) {
			this.err.println();
			this.lineOpen = false;
		}
	}

	private static String barLine(Progress progress) {
		if (progress.rowsTotal() <= 0) {
			return "  " + words(progress);
		}
		long done = Math.min(progress.rowsDone(), progress.rowsTotal());
		int filled = (int) (done * BAR_WIDTH / progress.rowsTotal());
		return "  [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + words(progress);
	}

	private static String words(Progress progress) {
		String percent = progress.rowsTotal() <= 0 ? ""
				: Math.min(PERCENT, progress.rowsDone() * PERCENT / progress.rowsTotal()) + "%, ";
		String rows = number(progress.rowsDone())
				+ (progress.rowsTotal() < 0 ? " rows" : " of " + number(progress.rowsTotal()) + " rows");
		String rate = progress.rowsPerSecond() < 1 ? "" : ", " + number(Math.round(progress.rowsPerSecond())) + "/s";
		Duration left = progress.timeLeft();
		return percent + rows + rate + (left == null || left.isZero() ? "" : ", " + time(left) + " left");
	}

	private static String number(long value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	private static String time(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < Duration.ofMinutes(1).toSeconds()) {
			return seconds + " s";
		}
		return duration.toHours() > 0
				? String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart())
				: String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
	}

}
