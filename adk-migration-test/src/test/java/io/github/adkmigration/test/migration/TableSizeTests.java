package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.TableSizes;
import io.github.adkmigration.report.TableSizes.Phase;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static io.github.adkmigration.dialect.DatabaseDialect.H2;
import static io.github.adkmigration.dialect.DatabaseDialect.MARIADB;
import static io.github.adkmigration.dialect.DatabaseDialect.MYSQL;
import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static io.github.adkmigration.dialect.DatabaseDialect.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener that wants to know hears of the size of the tables.
 */
class TableSizeTests {

	@DatabaseTest(dialects = { POSTGRESQL, MYSQL, MARIADB })
	void theTablesAreMeasuredBeforeAndAfter(TestDatabase database) throws Exception {
		V0Rows.create(database);
		for (int i = 0; i < 50; i++) {
			V0Rows.event(database, "e" + i);
		}
		List<TableSizes> heard = new ArrayList<>();
		migrate(database.dataSource(), listener(heard, true));
		assertThat(heard).extracting(TableSizes::phase).containsExactly(Phase.BEFORE, Phase.AFTER);
		assertThat(heard.get(0).tables()).extracting(TableSizes.Size::table)
			.contains(SessionTable.EVENTS)
			.doesNotContain(SessionTable.METADATA);
		assertThat(heard.get(1).tables()).extracting(TableSizes.Size::table).containsExactly(SessionTable.values());
		assertThat(heard).allSatisfy((sizes) -> assertThat(sizes.tables()).allSatisfy((size) -> {
			assertThat(size.bytes()).isPositive();
			assertThat(size.rows()).isBetween(-1L, 500L);
		}));
	}

	@DatabaseTest(dialects = { SQLITE, H2 })
	void whereTheDatabaseKnowsNothingNoTableIsTold(TestDatabase database) {
		List<TableSizes> heard = new ArrayList<>();
		migrate(database.dataSource(), listener(heard, true));
		assertThat(heard).hasSize(2).allSatisfy((sizes) -> assertThat(sizes.tables()).isEmpty());
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void whereTheDatabaseRefusesTheRunGoesOn(TestDatabase database) {
		List<TableSizes> heard = new ArrayList<>();
		AtomicInteger refused = new AtomicInteger();
		DataSource refusing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains("pg_total_relation_size")) {
				refused.incrementAndGet();
				throw new SQLException("permission denied for function pg_total_relation_size", "42501");
			}
		});
		assertThat(migrate(refusing, listener(heard, true)).outcome()).isEqualTo(Outcome.CREATED);
		assertThat(refused).hasValue(2);
		assertThat(heard).isEmpty();
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void whoDoesNotAskIsNotTold(TestDatabase database) {
		List<TableSizes> heard = new ArrayList<>();
		migrate(database.dataSource(), listener(heard, false));
		assertThat(heard).isEmpty();
	}

	private static MigrationListener listener(List<TableSizes> heard, boolean asks) {
		return new MigrationListener() {

			@Override
			public boolean measures() {
				return asks;
			}

			@Override
			public void measured(TableSizes sizes) {
				heard.add(sizes);
			}

		};
	}

	private static MigrationReport migrate(DataSource dataSource, MigrationListener listener) {
		return AdkMigrator.create(dataSource).settings(Migrations.settings()).listener(listener).build().migrate();
	}

}
