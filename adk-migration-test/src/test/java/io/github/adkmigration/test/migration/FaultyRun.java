package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A run that something happens to, and the run after it, which has to bring about what an
 * undisturbed one does.
 */
final class FaultyRun {

	/** Whether every point and many random times have their turn, or samples of them. */
	static final boolean ALL = "all".equals(System.getProperty("adk.test.faults"));

	/** Unless every fault has its turn, every fifth does, on each database others. */
	static final int STRIDE = ALL ? 1 : 5;

	/** The end of a batch in the middle of the copy. */
	static final String COPY = "UPDATE adk_migration_checkpoint SET last_key";

	/** The third batch, which is neither the first nor the last. */
	static final int MIDDLE = 3;

	private static final Map<String, Aftermath> UNDISTURBED = new HashMap<>();

	private final TestDatabase database;

	private final FaultScenario scenario;

	private final Aftermath undisturbed;

	/**
	 * Return where to begin to count the faults of a database, before the first.
	 */
	static int offset(DatabaseProvider provider) {
		return -(provider.dialect().ordinal() % STRIDE);
	}

	private FaultyRun(TestDatabase database, FaultScenario scenario, Aftermath undisturbed) {
		this.database = database;
		this.scenario = scenario;
		this.undisturbed = undisturbed;
	}

	/** One of each dialect: what differs between versions does not matter here. */
	static Stream<DatabaseProvider> databases() {
		return Stream
			.of(DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL)
			.map(TestDatabases::embedded)
			.filter((provider) -> TestDatabases.of(provider.dialect()).contains(provider));
	}

	static Stream<DatabaseProvider> servers() {
		return databases().filter((provider) -> provider.dialect() != DatabaseDialect.SQLITE);
	}

	/**
	 * Fill a database and remember what an undisturbed run makes of it.
	 */
	static FaultyRun of(TestDatabase database, FaultScenario scenario) throws SQLException {
		Aftermath undisturbed = UNDISTURBED.get(database.dialect() + scenario.name());
		if (undisturbed == null) {
			try (TestDatabase other = TestDatabases.embedded(database.dialect()).newDatabase()) {
				scenario.fill(other);
				Migrations.migrateToHead(other, scenario.settings());
				undisturbed = Aftermath.of(other);
				UNDISTURBED.put(database.dialect() + scenario.name(), undisturbed);
			}
		}
		scenario.fill(database);
		return new FaultyRun(database, scenario, undisturbed);
	}

	static FaultyRun of(TestDatabase database) throws SQLException {
		return of(database, FaultScenario.CONVERSION);
	}

	/**
	 * Return a data source under which something happens before a statement.
	 * @param part of the statement, as it would be without quotes
	 * @param time the how manieth
	 */
	DataSource before(String part, int time, Fault fault) {
		return before(this.database.dataSource(), part, time, fault);
	}

	static DataSource before(DataSource dataSource, String part, int time, Fault fault) {
		AtomicInteger seen = new AtomicInteger();
		return new InterceptedDataSource(dataSource, (sql) -> {
			if (matches(sql, part) && seen.incrementAndGet() == time) {
				fault.happen();
			}
		});
	}

	private static boolean matches(String sql, String part) {
		String plain = sql.replaceAll("[\"`]", "").replaceAll("\\b(public|adk_\\d+)\\.", "");
		return plain.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return a data source under which everything fails from a statement on, as when the
	 * process is gone.
	 */
	DataSource diesBefore(String part, int time) {
		AtomicInteger seen = new AtomicInteger();
		return new InterceptedDataSource(this.database.dataSource(), (sql) -> {
			if (seen.get() == time || (matches(sql, part) && seen.incrementAndGet() == time)) {
				throw new SQLException("The process is gone.", "08006");
			}
		});
	}

	/**
	 * Return a data source under which something happens in the middle of the copy.
	 */
	DataSource inTheCopy(Fault fault) {
		return before(COPY, MIDDLE, fault);
	}

	/**
	 * Return a data source under which something happens when the old table is about to
	 * be renamed.
	 */
	DataSource inTheSwap(Fault fault) {
		return before(this.database.dialect() == DatabaseDialect.MYSQL ? "RENAME TABLE events"
				: "ALTER TABLE events RENAME TO", 1, fault);
	}

	/**
	 * Migrate and lose the session, and with it the lock where the session holds it.
	 */
	MigrationException losesItsSession(DataSource dataSource) {
		return fails(dataSource, MigrationErrorCode.DATABASE_UNREACHABLE, MigrationErrorCode.LOCK_LOST);
	}

	/**
	 * Migrate and fail with a text that helps.
	 */
	MigrationException fails(DataSource dataSource, MigrationErrorCode... codes) {
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> Migrations.migrator(dataSource, this.scenario.settings()).migrate());
		assertThat(failure).isNotNull();
		assertThat(failure.code()).as(failure.getMessage()).isIn((Object[]) codes);
		assertThat(failure.description()).isNotBlank();
		assertThat(failure.getMessage()).doesNotContain("jdbc:").doesNotContain("message 1").hasSizeLessThan(700);
		return failure;
	}

	/**
	 * Start again, without a fault.
	 */
	void completes() throws SQLException {
		completes(this.database.dataSource());
	}

	void completes(DataSource dataSource) throws SQLException {
		assertThat(differences(dataSource)).isEmpty();
	}

	/**
	 * Start again, as a user to whom the tables belonged in part: then the steps hold
	 * grants for the user to whom they belonged before.
	 */
	void completesAsOther(DataSource dataSource) throws SQLException {
		assertThat(differences(dataSource).keySet()).isSubsetOf("steps");
	}

	private Map<String, String> differences(DataSource dataSource) throws SQLException {
		Migrations.releaseLease(this.database);
		Migrations.migrator(dataSource, this.scenario.settings()).migrate();
		Migrations.isAtHead(this.database, this.scenario.settings());
		return Aftermath.of(this.database).differences(this.undisturbed);
	}

	/** What happens. */
	@FunctionalInterface
	interface Fault {

		void happen() throws SQLException;

	}

}
