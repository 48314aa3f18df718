package io.github.adkmigration.session.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.dialect.DatabaseDialect;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Appends with one statement, which is a transaction of its own: one round trip.
 */
final class PostgresAppend implements EventAppend {

	private final JdbcTemplate jdbc;

	private final AppendSql sql;

	private final SessionReader reader;

	private final TimeColumn eventTime;

	private final TimeColumn time = TimeColumn.utc(DatabaseDialect.POSTGRESQL);

	private final JsonColumn json = new JsonColumn(DatabaseDialect.POSTGRESQL);

	PostgresAppend(JdbcTemplate jdbc, AppendSql sql, SessionReader reader, TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.reader = reader;
		this.eventTime = eventTime;
	}

	@Override
	public void write(NewEvent event) {
		StateScopes delta = event.delta();
		String statement = this.sql.atOnce(!delta.session().isEmpty(), !delta.app().isEmpty(), !delta.user().isEmpty());
		Object[] values = valuesOf(event);
		int written = Transactions.repeat("append the event", () -> LockingAppend.insertOnce(event,
				() -> this.jdbc.execute((Connection connection) -> execute(connection, statement, values))));
		if (written == 0) {
			throw Transactions.repeat("append the event", () -> this.reader.updateTime(event.session()))
				.<RuntimeException>map((stored) -> new StaleSessionException(event.session().id(), stored))
				.orElseGet(() -> LockingAppend.notFound(event.session()));
		}
	}

	private Object[] valuesOf(NewEvent event) {
		SessionKey key = event.session();
		StateScopes delta = event.delta();
		Object now = this.time.bind(Instant.now());
		List<Object> values = new ArrayList<>(List.of(this.time.bind(event.instant())));
		addChange(values, delta.session());
		Collections.addAll(values, key.appName(), key.userId(), key.id(), this.time.bind(event.expected()));
		for (ObjectNode shared : List.of(delta.app(), delta.user())) {
			if (!shared.isEmpty()) {
				Collections.addAll(values, now, this.json.bind(StateScopes.merge(null, shared)));
				addChange(values, shared);
			}
		}
		Collections.addAll(values, event.id(), event.invocationId(), this.eventTime.bind(event.instant()),
				this.json.bind(event.data()));
		return values.toArray();
	}

	private void addChange(List<Object> values, ObjectNode delta) {
		if (!delta.isEmpty()) {
			ArrayNode removed = JsonNodeFactory.instance.arrayNode();
			delta.properties()
				.stream()
				.filter((entry) -> entry.getValue().isNull())
				.forEach((entry) -> removed.add(entry.getKey()));
			Collections.addAll(values, this.json.bind(StateScopes.merge(null, delta)), this.json.bind(removed));
		}
	}

	/**
	 * A pool may hand out connections that do not commit by themselves. That of a
	 * transaction of the caller, which is there if the scheduler stays on its thread, is
	 * the caller's to commit.
	 */
	private int execute(Connection connection, String sql, Object[] values) throws SQLException {
		boolean alone = connection.getAutoCommit() || DataSourceUtils
			.isConnectionTransactional(DataSourceUtils.getTargetConnection(connection), this.jdbc.getDataSource());
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			int written = statement.executeUpdate();
			if (!alone) {
				connection.commit();
			}
			return written;
		}
		catch (SQLException ex) {
			if (!alone) {
				connection.rollback();
			}
			throw ex;
		}
	}

}
