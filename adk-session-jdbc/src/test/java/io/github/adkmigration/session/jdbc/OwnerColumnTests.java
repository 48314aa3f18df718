package io.github.adkmigration.session.jdbc;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OwnerColumnTests {

	private static final UUID ACCOUNT = UUID.fromString("7f1d5a52-8f0c-4c3c-9d5e-0a6f3a9a1b2c");

	private static OwnerColumn column(SessionDatabase sessions) {
		boolean uuids = sessions.database.dialect() == DatabaseDialect.POSTGRESQL
				|| sessions.database.dialect() == DatabaseDialect.H2;
		OwnerColumn column = OwnerColumn.parse("account_id " + (uuids ? "UUID" : "VARCHAR(36)") + " NOT NULL");
		new JdbcTemplate(sessions.dataSource()).execute("ALTER TABLE " + sessions.table(SessionTable.SESSIONS)
				+ " ADD COLUMN " + column.column(sessions.database.dialect()) + " DEFAULT '" + new UUID(0, 0) + "'");
		return column;
	}

	@DatabaseTest
	void ownerIsStoredAsUuidOrAsText(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		OwnerColumn column = column(sessions);
		for (Object value : new Object[] { ACCOUNT, ACCOUNT.toString() }) {
			AtomicReference<Thread> asked = new AtomicReference<>();
			JdbcSessionService service = JdbcSessionService.builder(database.dataSource()).owner(column, (session) -> {
				asked.set(Thread.currentThread());
				return value;
			}).build();
			String id = service.createSession("a", "u", Map.of(), null).blockingGet().id();
			assertThat(asked.get()).isSameAs(Thread.currentThread());
			assertThat(new JdbcTemplate(database.dataSource()).queryForObject(
					"SELECT account_id FROM " + sessions.table(SessionTable.SESSIONS) + " WHERE id = '" + id + "'",
					String.class))
				.isEqualTo(ACCOUNT.toString());
		}
	}

	@DatabaseTest
	void missingOwnerIsRefused(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		OwnerColumn column = column(sessions);
		JdbcSessionService nobody = JdbcSessionService.builder(database.dataSource())
			.owner(column, (session) -> null)
			.build();
		assertThatExceptionOfType(SessionException.class)
			.isThrownBy(() -> nobody.createSession("a", "u", Map.of(), null).blockingGet())
			.withMessageContaining("'account_id' is NOT NULL");
		JdbcSessionService failing = JdbcSessionService.builder(database.dataSource()).owner(column, (session) -> {
			throw new IllegalStateException("no request");
		}).build();
		assertThatIllegalStateException()
			.isThrownBy(() -> failing.createSession("a", "u", Map.of(), null).blockingGet());
		assertThat(sessions.count(SessionTable.SESSIONS)).isZero();
	}

}
