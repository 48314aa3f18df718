package io.github.adkmigration;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.Outcome;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class CreationTests {

	@TempDir
	Path directory;

	@Test
	void whenSqliteIsEmptyThenHeadIsCreatedOnce() {
		SQLiteDataSource dataSource = new SQLiteDataSource();
		dataSource.setUrl("jdbc:sqlite:" + this.directory.resolve("new.db"));
		createsHeadOnce(dataSource);
	}

	@Test
	void whenH2IsEmptyThenHeadIsCreatedOnce() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		createsHeadOnce(dataSource);
	}

	@Test
	void whenHeadIsCreatedThenLiquibasePrintsNothing() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		PrintStream console = System.out;
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			System.out.println("seen");
			createsHeadOnce(dataSource);
		}
		finally {
			System.setOut(console);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("seen").doesNotContain("UPDATE SUMMARY");
	}

	private static void createsHeadOnce(DataSource dataSource) {
		AdkMigrator migrator = AdkMigrator.create(dataSource).build();
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.CREATED);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(migrator.status().lastRun()).isNotNull();
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.verify().differences()).isEmpty();
	}

}
