package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rows that are larger than {@code max_allowed_packet}: one clear sentence instead of a
 * connection that the server closes.
 */
class PacketSizeTests {

	private static final int LARGE = 10_000_000;

	private static final long LIMIT = 4 << 20;

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aRowThatCannotPassIsRefusedBeforeTheFirstWrite(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("go-2.0.0", database).create();
		rows.columns("large", "s", V0Rows.text("{}"), content("t".repeat(LARGE)));
		Contents before = Contents.of(database);
		limited(database, (limited) -> {
			assertThat(Migrations.migrator(limited.dataSource(), Migrations.settings()).preflight().findings())
				.extracting(PreflightFinding::code)
				.contains(PreflightCode.LARGE_ROWS);
			MigrationException failure = Migrations.failure(limited, Migrations.settings(), MigrationErrorCode.REFUSED);
			assertThat(failure.description())
				.matches("The largest row of events takes 100000\\d\\d bytes, and max_allowed_packet lets " + LIMIT
						+ " pass\\.");
			assertThat(failure.action()).startsWith("Set max_allowed_packet to at least 22020096, on the server");
		});
		assertThat(Contents.of(database)).isEqualTo(before);
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(new RowCounts(1, 1, 0, 0, 0));
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void theLimitOfADriverIsNamedAsItsOwn(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("go-2.0.0", database).create();
		rows.columns("large", "s", V0Rows.text("{}"), content("t".repeat(LARGE / 4)));
		String url = database.jdbcUrl();
		DataSource limited = new DriverManagerDataSource(
				url + (url.contains("?") ? "&" : "?") + "maxAllowedPacket=2000000", database.username(),
				database.password());
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> Migrations.migrator(limited, Migrations.settings()).migrate())
			.satisfies((failure) -> assertThat(failure.description())
				.endsWith("bytes, and maxAllowedPacket of the URL lets 2000000 pass."));
	}

	/** What a look at the rows cannot know: escapes make two bytes of one. */
	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aRowThatGrowsOnItsWayEndsTheRunWhichGoesOnAfterwards(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("go-2.0.0", database).create();
		rows.columns("good", "s", V0Rows.text("{}"), content("t"));
		rows.columns("large", "s", V0Rows.text("{}"), content("'".repeat((int) LIMIT / 2 + 1000)));
		limited(database, (limited) -> {
			MigrationException failure = Migrations.failure(limited, Migrations.settings(), MigrationErrorCode.FAILED);
			assertThat(failure.description())
				.matches("A converted event takes 42\\d+ bytes, and max_allowed_packet lets " + LIMIT + " pass\\.");
			assertThat(failure.action()).startsWith("Set max_allowed_packet to at least 6291456,");
		});
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(new RowCounts(2, 2, 0, 0, 0));
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aStateThatCannotPassIsNamedLikewise(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("sqlspec-0.69.0", database).create();
		rows.event("good", "s", rows.document("good", ""));
		state(database, "t".repeat((int) LIMIT + 1));
		limited(database,
				(limited) -> assertThat(
						Migrations.failure(limited, Migrations.settings(), MigrationErrorCode.REFUSED).description())
					.startsWith("The largest row of adk_session takes "));
		state(database, "'".repeat((int) LIMIT / 2 + 1000));
		limited(database, (limited) -> assertThat(
				Migrations.failure(limited, Migrations.settings(), MigrationErrorCode.FAILED).description())
			.matches("A state in sessions takes 42\\d+ bytes, and max_allowed_packet lets " + LIMIT + " pass\\."));
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(new RowCounts(1, 1, 0, 0, 0));
	}

	private static void state(TestDatabase database, String text) throws SQLException {
		Sql.update(database, "UPDATE adk_session SET state = ?", "{\"k\":\"" + text + "\"}");
	}

	/** All of them together would be too large for one statement. */
	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void smallRowsPassWhateverTheLimitIs(TestDatabase database) throws SQLException {
		OtherRows rows = new OtherRows("go-2.0.0", database).create();
		for (int i = 0; i < 12; i++) {
			rows.columns("e" + i, "s", V0Rows.text("{}"), content("'".repeat(10_000)));
		}
		limited(database, 1 << 16, (limited) -> assertThat(Migrations.migrateToHead(limited).rows())
			.isEqualTo(new RowCounts(12, 12, 0, 0, 0)));
	}

	private static String content(String text) {
		return "{\"parts\":[{\"text\":\"" + text + "\"}]}";
	}

	private static void limited(TestDatabase database, Consumer<TestDatabase> test) throws SQLException {
		limited(database, LIMIT, test);
	}

	/** New connections have the limit, and the database gives a new one to each. */
	private static void limited(TestDatabase database, long limit, Consumer<TestDatabase> test) throws SQLException {
		long before = Sql.number(database, "SELECT @@global.max_allowed_packet");
		Sql.execute(database, "SET GLOBAL max_allowed_packet = " + limit);
		try {
			assertThat(Sql.number(database, "SELECT @@max_allowed_packet")).isEqualTo(limit);
			test.accept(database);
		}
		finally {
			Sql.execute(database, "SET GLOBAL max_allowed_packet = " + before);
		}
	}

}
