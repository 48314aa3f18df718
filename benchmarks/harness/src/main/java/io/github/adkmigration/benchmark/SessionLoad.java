package io.github.adkmigration.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import io.github.adkmigration.session.jdbc.JdbcSessionService;

/**
 * What is done with sessions, as often as a number of seconds allows. Rates are per
 * second, without the first tenth.
 */
final class SessionLoad {

	private static final String SESSION = "SELECT s.update_time, s.state, a.state, u.state FROM sessions s"
			+ " LEFT JOIN app_states a ON a.app_name = s.app_name"
			+ " LEFT JOIN user_states u ON u.app_name = s.app_name AND u.user_id = s.user_id"
			+ " WHERE s.app_name = ? AND s.user_id = ? AND s.id = ?";

	private static final String EVENTS = "SELECT timestamp, id, invocation_id, event_data FROM events"
			+ " WHERE app_name = ? AND user_id = ? AND session_id = ? ORDER BY timestamp DESC, id DESC";

	private static final String INSERT = "INSERT INTO events (app_name, user_id, session_id, id, invocation_id,"
			+ " timestamp, event_data) VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb))";

	private final JdbcSessionService service;

	private final DataSource dataSource;

	private final double seconds;

	SessionLoad(JdbcSessionService service, DataSource dataSource, double seconds) {
		this.service = service;
		this.dataSource = dataSource;
		this.seconds = seconds;
	}

	/**
	 * Make a session.
	 */
	Session fill(int events) {
		Session session = create();
		for (int i = 0; i < events; i++) {
			this.service.appendEvent(session, event(i)).ignoreElement().blockingAwait();
		}
		return session;
	}

	private Session create() {
		return this.service.createSession("shop", "ada").blockingGet();
	}

	private static Event event(int number) {
		return Event.builder()
			.id(Event.generateEventId())
			.invocationId("e-1")
			.author("agent")
			.content(Content.builder()
				.role("model")
				.parts(Part.fromText("Some words of an answer. ".repeat(12)),
						Part.builder()
							.functionCall(FunctionCall.builder()
								.id("adk-1")
								.name("search_products")
								.args(Map.of("query", "shoes", "limit", 10, "price_max", 99.5)))
							.build())
				.build())
			.usageMetadata(GenerateContentResponseUsageMetadata.builder()
				.promptTokenCount(512)
				.candidatesTokenCount(23)
				.totalTokenCount(535)
				.build())
			.actions(EventActions.builder().stateDelta(Map.of("step", number)).build())
			.build();
	}

	double appends(int clients) throws InterruptedException {
		return rate(clients, () -> {
			Session session = create();
			int[] number = new int[1];
			return () -> this.service.appendEvent(session, event(number[0]++)).ignoreElement().blockingAwait();
		});
	}

	double gets(Session session, int recent) throws InterruptedException {
		GetSessionConfig.Builder config = GetSessionConfig.builder();
		if (recent > 0) {
			config.numRecentEvents(recent);
		}
		return rate(1,
				() -> () -> this.service.getSession(session.sessionKey(), config.build())
					.ignoreElement()
					.blockingAwait());
	}

	/**
	 * Insert the row of an event and nothing else.
	 */
	double bareInserts(int clients) throws InterruptedException, SQLException {
		String json;
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement select = connection.prepareStatement("SELECT event_data FROM events LIMIT 1");
				ResultSet row = select.executeQuery()) {
			row.next();
			json = row.getString(1);
		}
		return rate(clients, () -> {
			Session session = create();
			return () -> {
				try (Connection connection = this.dataSource.getConnection();
						PreparedStatement insert = connection.prepareStatement(INSERT)) {
					bind(insert, session);
					insert.setString(4, UUID.randomUUID().toString());
					insert.setString(5, "e-1");
					insert.setObject(6, LocalDateTime.now(ZoneOffset.UTC));
					insert.setString(7, json);
					insert.executeUpdate();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			};
		});
	}

	/**
	 * Read the rows of a session as text and make nothing of them.
	 */
	double bareSelects(Session session) throws InterruptedException {
		return rate(1, () -> () -> {
			try (Connection connection = this.dataSource.getConnection()) {
				select(connection, SESSION, session);
				select(connection, EVENTS, session);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/**
	 * Do at once what the server would do by itself, in the midst of the next
	 * measurements, after so many appends.
	 */
	void vacuum() throws SQLException {
		try (Connection connection = this.dataSource.getConnection(); Statement vacuum = connection.createStatement()) {
			vacuum.execute("VACUUM ANALYZE");
		}
	}

	private static void select(Connection connection, String sql, Session session) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, session);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					rows.getObject(1, LocalDateTime.class);
					for (int column = 2; column <= 4; column++) {
						rows.getString(column);
					}
				}
			}
		}
	}

	private static void bind(PreparedStatement statement, Session session) throws SQLException {
		statement.setString(1, session.appName());
		statement.setString(2, session.userId());
		statement.setString(3, session.id());
	}

	private double rate(int clients, Callable<Runnable> client) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(clients);
		try {
			long begun = System.nanoTime();
			long first = begun + (long) (this.seconds * 1e8);
			long end = begun + (long) (this.seconds * 1e9);
			List<Callable<Long>> works = new ArrayList<>();
			for (int i = 0; i < clients; i++) {
				works.add(() -> count(client.call(), first, end));
			}
			long count = 0;
			for (Future<Long> work : threads.invokeAll(works)) {
				count += work.get();
			}
			return count / (this.seconds * 0.9);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			threads.shutdown();
		}
	}

	private static long count(Runnable work, long first, long end) {
		long count = 0;
		long now = System.nanoTime();
		while (now < end) {
			work.run();
			now = System.nanoTime();
			if (now >= first && now <= end) {
				count++;
			}
		}
		return count;
	}

}
