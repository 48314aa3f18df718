package io.github.adkmigration.test.migration;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.TimestampColumn;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.corpus.PickleEntry;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

/**
 * A database that a fault happens to.
 */
enum FaultScenario {

	/**
	 * Events of some sessions in some batches, among them some that cannot be converted,
	 * some with values that JSON cannot hold and some without a session.
	 */
	CONVERSION {

		@Override
		void fill(TestDatabase database) throws SQLException {
			V0Rows.create(database);
			for (int i = 1; i < SESSIONS; i++) {
				V0Rows.session(database, "s" + i);
			}
			boolean postgres = database.dialect() == DatabaseDialect.POSTGRESQL;
			try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
				if (postgres) {
					// Nearly a block for each event: a batch is a range of blocks there.
					statement.execute("ALTER TABLE events SET (fillfactor = 10)");
				}
				if (database.dialect() != DatabaseDialect.SQLITE) {
					// As a restored dump leaves rows without their session.
					statement
						.execute(postgres ? "SET session_replication_role = replica" : "SET FOREIGN_KEY_CHECKS = 0");
				}
				connection.setAutoCommit(false);
				List<PickleEntry> pickles = pickles();
				for (int i = 0; i < EVENTS; i++) {
					boolean bad = i % 97 == 50;
					String session = i % 131 == 60 ? "gone" : i % SESSIONS == 0 ? "s" : "s" + i % SESSIONS;
					V0Rows.insert(connection, database.dialect(), "events", "e%04d".formatted(i), session,
							bad ? "broken".getBytes(StandardCharsets.UTF_8) : pickles.get(i % pickles.size()).bytes(),
							"{\"parts\": [{\"text\": \"message " + i + "\"}]}",
							"2025-07-01 06:%02d:%02d.000003".formatted(i / 60, i % 60));
				}
				connection.commit();
			}
		}

		@Override
		MigrationSettings settings() {
			return Migrations.settings().withBatchSize(BATCH).withMaxQuarantined(QUARANTINED);
		}

	},

	/** Head but for a row, an index and an owner column. */
	PENDING_CHANGES {

		@Override
		void fill(TestDatabase database) throws SQLException {
			Layouts.named("python-1.22.0", database.dialect()).create(database);
			V0Rows.session(database, "s");
			String event = "INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
					+ " VALUES ('e%d', 'shop', 'u', 's', 'i', '2026-01-02 03:04:05.000006',"
					+ " '{\"id\": \"e%<d\", \"author\": \"user\", \"invocation_id\": \"i\", \"timestamp\": 1767323045.000006}')";
			Sql.execute(database, "DROP TABLE adk_internal_metadata", event.formatted(1), event.formatted(2),
					event.formatted(3));
		}

		@Override
		MigrationSettings settings() {
			return Migrations.settings().withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36)"));
		}

	},

	/** Head, with events in local time. */
	EVENT_TIMES {

		@Override
		void fill(TestDatabase database) throws SQLException {
			HeadRows.create(database);
			for (int i = 0; i < LOCAL; i++) {
				HeadRows.event(database, "e%02d".formatted(i), "2026-01-02 08:34:%02d.000006".formatted(i),
						"{\"id\": \"e%02d\", \"author\": \"user\", \"invocation_id\": \"i\", \"timestamp\": 17673230%02d.000006}"
							.formatted(i, i + 40));
			}
		}

		@Override
		MigrationSettings settings() {
			return Migrations.settings().withTimestampColumn(TimestampColumn.UTC).withBatchSize(LOCAL / 6);
		}

	},

	/** Tables of other names, which stay beside those of head. */
	BESIDE {

		@Override
		void fill(TestDatabase database) throws SQLException {
			SqlspecRows.create(database);
			for (int i = 0; i < FOREIGN; i++) {
				SqlspecRows.event(database, "e%02d".formatted(i),
						i == 7 ? "[]" : "{\"author\":\"user\",\"invocation_id\":\"i\",\"timestamp\":17673230%02d.5}"
							.formatted(i + 40));
			}
		}

		@Override
		MigrationSettings settings() {
			return Migrations.settings().withBatchSize(FOREIGN / 4).withMaxQuarantined(1);
		}

	};

	private static final int FOREIGN = 24;

	private static final int LOCAL = 48;

	private static final int SESSIONS = 5;

	private static final int EVENTS = 260;

	private static final int BATCH = 50;

	private static final int QUARANTINED = 3;

	abstract void fill(TestDatabase database) throws SQLException;

	abstract MigrationSettings settings();

	/** Small ones, since they have to fit the BLOB of MySQL and a block of PostgreSQL. */
	private static List<PickleEntry> pickles() {
		return PickleCorpus.genuine()
			.stream()
			.filter((entry) -> entry.protocol() == 4 && entry.bytes().length < 1000)
			.filter((entry) -> entry.expectedJson().isPresent() || entry.name().matches(".*(nan|inf|nul|surrogate).*"))
			.limit(90)
			.toList();
	}

}
