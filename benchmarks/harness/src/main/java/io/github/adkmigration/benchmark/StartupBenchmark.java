package io.github.adkmigration.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Starts the same application in fresh JVMs, with nothing, with our starter, with
 * Liquibase and with Flyway in turns, each with nothing pending, and takes the time from
 * the start of the process to the answer of its first query.
 */
final class StartupBenchmark {

	private static final String MAIN = "io.github.adkmigration.benchmark.startup.StartupApplication";

	private static final int WARM_UP = 2;

	/**
	 * By default a JVM collects garbage for the first time because of its classes when
	 * these fill 21 MB, as those of the plain application do just after its answer. What
	 * is added to it would be charged with a collection that every larger application has
	 * anyway.
	 */
	private static final String METASPACE = "-XX:MetaspaceSize=64m";

	private StartupBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments the directory with the modules of the applications, the number of
	 * rounds, options of the JVMs in the place of the usual one
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		Path modules = Path.of(arguments[0]);
		int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 11;
		List<String> options = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length)
				: List.of(METASPACE);
		Map<String, Application> applications = new LinkedHashMap<>();
		List<TestDatabase> databases = new ArrayList<>();
		try {
			for (String variant : List.of("app", "adk", "liquibase", "flyway")) {
				TestDatabase database = TestDatabases.named("postgresql-18").newDatabase();
				databases.add(database);
				applications.put(variant, new Application(modules.resolve("startup-" + variant), options, database));
			}
			Map<String, List<Double>> millis = new LinkedHashMap<>();
			for (int round = 1 - WARM_UP; round <= rounds; round++) {
				for (Map.Entry<String, Application> application : applications.entrySet()) {
					double taken = application.getValue().start();
					if (round > 0) {
						millis.computeIfAbsent(application.getKey(), (name) -> new ArrayList<>()).add(taken);
					}
				}
				System.out.printf(Locale.ROOT, "round %d, load %.1f%n", round,
						ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
			}
			print(millis, applications);
		}
		finally {
			databases.forEach(TestDatabase::close);
		}
	}

	private static void print(Map<String, List<Double>> millis, Map<String, Application> applications) {
		List<Double> plain = List.of();
		double plainProcessor = 0;
		for (Map.Entry<String, Application> entry : applications.entrySet()) {
			List<Double> taken = millis.getOrDefault(entry.getKey(), List.of());
			List<Double> processor = entry.getValue().processor;
			processor = processor.subList(WARM_UP, processor.size());
			if (plain.isEmpty()) {
				plain = taken;
				plainProcessor = Median.of(processor);
			}
			List<Double> sorted = taken.stream().sorted().toList();
			List<Double> added = new ArrayList<>();
			for (int i = 0; i < taken.size(); i++) {
				added.add(taken.get(i) - plain.get(i));
			}
			System.out.printf(Locale.ROOT,
					"%-10s min %5.0f, median %5.0f, max %5.0f ms, %+5.0f ms (median of differences %+5.0f ms);"
							+ " processor time, median %5.0f ms, %+5.0f ms; %d classes%n",
					entry.getKey(), sorted.get(0), Median.of(taken), sorted.get(sorted.size() - 1),
					Median.of(taken) - Median.of(plain), Median.of(added), Median.of(processor),
					Median.of(processor) - plainProcessor, entry.getValue().classes);
		}
	}

	/**
	 * One application with its class path and its database.
	 */
	private static final class Application {

		private final List<String> options;

		private final Path module;

		private final String classPath;

		private final TestDatabase database;

		private final List<Double> processor = new ArrayList<>();

		private int classes;

		Application(Path module, List<String> options, TestDatabase database) throws IOException {
			this.options = options;
			this.database = database;
			this.module = module;
			this.classPath = classPath(module);
		}

		/**
		 * The application's own classes from one place, its libraries in one order, and
		 * behind them what is added, as Maven orders a starter that is declared last.
		 * Each library in front of another costs the classes of the other a look.
		 */
		private static String classPath(Path module) throws IOException {
			Path application = module.resolveSibling("startup-app").resolve("target").resolve("classes");
			Path own = module.resolve("target").resolve("classes");
			Path plain = module.resolveSibling("startup-app").resolve("target").resolve("lib");
			try (Stream<Path> libraries = Files.list(module.resolve("target").resolve("lib"))) {
				Comparator<Path> order = Comparator
					.comparing((Path library) -> !Files.exists(plain.resolve(library.getFileName())))
					.thenComparing(Comparator.naturalOrder());
				return Stream
					.concat(Stream.of(application, own).distinct().filter(Files::exists),
							libraries.filter((library) -> !library.getFileName().toString().contains("-startup-app-"))
								.sorted(order))
					.map(Path::toString)
					.collect(Collectors.joining(File.pathSeparator));
			}
		}

		double start() throws IOException, InterruptedException {
			long begun = System.nanoTime();
			Process process = JavaProcess.start(this.options, this.classPath, MAIN,
					"--spring.datasource.url=" + this.database.jdbcUrl(),
					"--spring.datasource.username=" + this.database.username(), "--adk.auto-migrate=true",
					"--spring.main.banner-mode=off", "--logging.level.root=warn");
			double taken = Double.NaN;
			try (BufferedReader output = process.inputReader()) {
				for (String line = output.readLine(); line != null; line = output.readLine()) {
					if (line.equals("ANSWER 42")) {
						taken = (System.nanoTime() - begun) / 1e6;
					}
					else if (line.startsWith("CPU ")) {
						this.processor.add(Double.valueOf(line.substring(4)));
					}
					else if (line.startsWith("CLASSES ")) {
						this.classes = Integer.parseInt(line.substring(8));
					}
				}
			}
			if (process.waitFor() != 0 || Double.isNaN(taken)) {
				throw new IllegalStateException("The application did not start: " + this.module);
			}
			return taken;
		}

	}

}
