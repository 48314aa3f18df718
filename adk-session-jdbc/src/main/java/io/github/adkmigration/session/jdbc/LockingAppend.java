package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import com.google.adk.sessions.SessionNotFoundException;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Appends in a transaction that locks the session, then its application, then its user,
 * and merges in between. At most four statements; on H2, which has none that does the
 * work of two, three and two more for each shared state that changes.
 */
final class LockingAppend implements EventAppend {

	private final JdbcTemplate jdbc;

	private final Transactions transactions;

	private final AppendSql sql;

	private final SessionWriter writer;

	private final DatabaseDialect dialect;

	private final TimeColumn eventTime;

	private final TimeColumn time;

	private final JsonColumn json;

	LockingAppend(JdbcTemplate jdbc, Transactions transactions, AppendSql sql, SessionWriter writer,
			TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.sql = sql;
		this.writer = writer;
		this.dialect = eventTime.dialect();
		this.eventTime = eventTime;
		this.time = TimeColumn.utc(this.dialect);
		this.json = new JsonColumn(this.dialect);
	}

	@Override
	public void write(NewEvent event) {
		String data = this.json.bind(event.data());
		this.transactions.write("append the event", () -> {
			SessionRow row = this.dialect == DatabaseDialect.SQLITE ? insertAndRead(event, data)
					: lockAndInsert(event, data);
			update(event, row);
			return row;
		});
	}

	private SessionRow insertAndRead(NewEvent event, String data) {
		String insert = this.sql.insertEventAndRead(!event.delta().app().isEmpty(), !event.delta().user().isEmpty());
		return checked(event, insertOnce(event, () -> this.jdbc.query(insert,
				(row, number) -> SessionRow.of(row, this.time, event.session()), valuesOf(event, data))));
	}

	private SessionRow lockAndInsert(NewEvent event, String data) {
		boolean app = !event.delta().app().isEmpty();
		boolean user = !event.delta().user().isEmpty();
		SessionRow row;
		if (this.dialect.mysqlFamily()) {
			row = locked(event, app, user);
		}
		else {
			// H2 does not lock the joined rows.
			SessionRow session = locked(event, false, false);
			row = new SessionRow(session.updateTime(), session.state(),
					app ? this.writer.lockAppState(event.session()).orElse(null) : null,
					user ? this.writer.lockUserState(event.session()).orElse(null) : null);
		}
		insertOnce(event, () -> this.jdbc.update(this.sql.insertEvent(), valuesOf(event, data)));
		return row;
	}

	private SessionRow locked(NewEvent event, boolean app, boolean user) {
		SessionKey key = event.session();
		return checked(event, this.jdbc.query(this.sql.lock(app, user),
				(found, number) -> SessionRow.of(found, this.time, key), key.appName(), key.userId(), key.id()));
	}

	private static SessionRow checked(NewEvent event, List<SessionRow> found) {
		if (found.isEmpty()) {
			throw notFound(event.session());
		}
		SessionRow row = found.get(0);
		if (!row.updateTime().equals(event.expected())) {
			throw new StaleSessionException(event.session().id(), row.updateTime());
		}
		return row;
	}

	/**
	 * Run a statement that inserts an event.
	 * @throws SessionException if the session has an event with this id
	 */
	static <T> T insertOnce(NewEvent event, Supplier<T> insert) {
		try {
			return insert.get();
		}
		catch (DataAccessException ex) {
			if (Transactions.isDuplicate(ex)) {
				throw new SessionException("An event with the id '" + event.id() + "' already exists in the session '"
						+ event.session().id() + "'.");
			}
			throw ex;
		}
	}

	static SessionNotFoundException notFound(SessionKey session) {
		return new SessionNotFoundException("There is no session with the id '" + session.id() + "'.");
	}

	private Object[] valuesOf(NewEvent event, String data) {
		SessionKey key = event.session();
		return new Object[] { key.appName(), key.userId(), key.id(), event.id(), event.invocationId(),
				this.eventTime.bind(event.instant()), data };
	}

	private void update(NewEvent event, SessionRow row) {
		SessionKey key = event.session();
		StateScopes delta = event.delta();
		Object now = this.time.bind(Instant.now());
		String session = merged(row.state(), delta.session());
		String app = merged(row.appState(), delta.app());
		String user = merged(row.userState(), delta.user());
		boolean withApp = this.dialect.mysqlFamily() && app != null && row.appState() != null;
		boolean withUser = this.dialect.mysqlFamily() && user != null && row.userState() != null;
		List<Object> values = new ArrayList<>(List.of(this.time.bind(event.instant())));
		if (session != null) {
			values.add(session);
		}
		if (withApp && app != null) {
			Collections.addAll(values, now, app);
		}
		if (withUser && user != null) {
			Collections.addAll(values, now, user);
		}
		Collections.addAll(values, key.appName(), key.userId(), key.id());
		this.jdbc.update(withApp || withUser ? this.sql.updateAll(session != null, withApp, withUser)
				: this.sql.updateSession(session != null), values.toArray());
		if (app != null && !withApp) {
			this.writer.putAppState(key, row.appState() != null, app, now);
		}
		if (user != null && !withUser) {
			this.writer.putUserState(key, row.userState() != null, user, now);
		}
	}

	private @Nullable String merged(@Nullable ObjectNode stored, ObjectNode delta) {
		return delta.isEmpty() ? null : this.json.bind(StateScopes.merge(stored, delta));
	}

}
