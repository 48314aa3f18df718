package io.github.adkmigration.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.logging.LogManager;

import javax.management.NotificationEmitter;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The JVM of which the heap is bounded: migrates one database and prints the report with
 * what the heap held after each collection.
 */
final class MigrationProcess {

	private static final int MIB = 1 << 20;

	private static volatile long mostAfterCollection;

	private static volatile long mostBeforeCollection;

	private static volatile long lastAfterCollection;

	private MigrationProcess() {
	}

	/**
	 * Migrate.
	 * @param arguments URL, user, password
	 */
	public static void main(String[] arguments) {
		LogManager.getLogManager().reset();
		watchCollections();
		DriverManagerDataSource dataSource = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
		MigrationReport report = AdkMigrator.create(dataSource).settings(settings()).build().migrate();
		long steps = 0;
		for (StepReport step : report.steps()) {
			steps += step.duration().toMillis();
			if (step.duration().toMillis() >= 20) {
				System.out.printf(Locale.ROOT, "    %-40s %7.2f s%n", step.id(), step.duration().toMillis() / 1000.0);
			}
		}
		System.out.printf(Locale.ROOT, "    %-40s %7.2f s%n", "before, between and after the steps",
				(report.duration().toMillis() - steps) / 1000.0);
		System.out.printf(Locale.ROOT,
				"    %s; heap after collections: at most %d MiB, at the end %d MiB; before: at most %d MiB%n",
				report.rows(), mostAfterCollection / MIB, lastAfterCollection / MIB, mostBeforeCollection / MIB);
		System.out
			.println("CPU " + ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
					/ 1_000_000);
		System.out.println("MILLIS " + report.duration().toMillis());
	}

	/**
	 * Return the settings. What the migration is compared with makes no copy of the file
	 * either.
	 */
	static MigrationSettings settings() {
		return MigrationSettings.defaults().withLegacyClock(LegacyClock.in(V0Rows.ZONE)).withSqliteBackup(false);
	}

	private static void watchCollections() {
		ManagementFactory.getGarbageCollectorMXBeans()
			.forEach((collector) -> ((NotificationEmitter) collector)
				.addNotificationListener((notification, nothing) -> {
					GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo
						.from((javax.management.openmbean.CompositeData) notification.getUserData());
					lastAfterCollection = heap(info.getGcInfo().getMemoryUsageAfterGc());
					mostAfterCollection = Math.max(mostAfterCollection, lastAfterCollection);
					mostBeforeCollection = Math.max(mostBeforeCollection,
							heap(info.getGcInfo().getMemoryUsageBeforeGc()));
				}, null, null));
	}

	private static long heap(java.util.Map<String, MemoryUsage> usages) {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getName)
			.mapToLong((name) -> usages.containsKey(name) ? usages.get(name).getUsed() : 0)
			.sum();
	}

}
