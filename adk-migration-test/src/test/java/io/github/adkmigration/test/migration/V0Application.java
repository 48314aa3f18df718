package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.corpus.PickleEntry;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Users of a V0 database who append events, create sessions and delete sessions with
 * their events, each in a thread of its own, as adk-python does it, and remember what
 * they have committed. Each stops by itself when the database no longer takes a V0 event.
 */
final class V0Application implements AutoCloseable {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	/** Local time of the writer; its clock is four hours behind UTC. */
	private static final LocalDateTime BEGIN = LocalDateTime.parse("2025-07-01T06:00:00");

	private static final int UTC_OFFSET_HOURS = 4;

	/** Deadlock and serialization failure, which every application tries again. */
	private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

	private static final int MYSQL_LOCK_WAIT = 1205;

	private static final int SQLITE_BUSY = 5;

	private static final List<byte[]> PICKLES = PickleCorpus.genuine()
		.stream()
		.filter((entry) -> entry.protocol() == 4 && entry.bytes().length < 4000)
		.filter((entry) -> entry.expectedJson().isPresent() && !entry.name().matches("state-recursive|.*int.*"))
		.map(PickleEntry::bytes)
		.toList();

	private final TestDatabase database;

	private final List<User> users = new ArrayList<>();

	private final ExecutorService threads;

	private volatile boolean stopped;

	private V0Application(TestDatabase database, int users) {
		this.database = database;
		this.threads = Executors.newFixedThreadPool(users);
	}

	/**
	 * Fill a database with conversations that the users of an application have had. They
	 * do nothing yet.
	 */
	static V0Application fill(TestDatabase database, int users, int sessions, int events) throws SQLException {
		V0Application application = new V0Application(database, users);
		try (Connection connection = database.connection()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < users; i++) {
				User user = application.new User(i);
				application.users.add(user);
				for (int j = 0; j < sessions / users; j++) {
					user.create(connection, "old-" + i + "-" + j);
					for (int k = 0; k < events / sessions; k++) {
						user.insert(connection, "old-" + i + "-" + j);
					}
				}
				user.committed();
			}
			connection.commit();
		}
		return application;
	}

	void start() {
		this.users.forEach((user) -> this.threads.submit(user));
	}

	/**
	 * Wait until something of each kind has been committed.
	 */
	Activity awaitEveryKind() throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!activity().everyKind()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("The users do nothing: " + activity() + " " + ends());
			}
			Thread.sleep(5);
		}
		return activity();
	}

	/**
	 * Wait until every user has met the new tables.
	 */
	void awaitEnd() throws InterruptedException {
		this.threads.shutdown();
		if (!this.threads.awaitTermination(20, TimeUnit.SECONDS)) {
			throw new AssertionError("The users go on as if nothing had changed");
		}
	}

	/** What has happened so far. */
	Activity activity() {
		return this.users.stream().map((user) -> user.activity.now()).reduce(Activity.NONE, Activity::plus);
	}

	/** Text of each event that must exist, by session and id. */
	Map<String, String> events() {
		Map<String, String> events = new TreeMap<>();
		for (User user : this.users) {
			user.sessions.forEach((session, state) -> state.events()
				.forEach((id, text) -> events.put("shop/u/" + session + "/" + id, text)));
		}
		return events;
	}

	/** Time of the last update of each session that must exist. */
	Map<String, String> sessions() {
		Map<String, String> sessions = new TreeMap<>();
		this.users
			.forEach((user) -> user.sessions.forEach((session, state) -> sessions.put(session, state.updateTime())));
		return sessions;
	}

	/** What made each user stop. */
	List<String> ends() {
		return this.users.stream().map((user) -> String.valueOf(user.end)).toList();
	}

	@Override
	public void close() {
		this.stopped = true;
		this.threads.shutdownNow();
	}

	/** One user, who owns sessions that nobody else touches. */
	private final class User implements Runnable {

		private final int number;

		private final Random random;

		private final Map<String, Session> sessions = new TreeMap<>();

		private final List<Runnable> uncommitted = new ArrayList<>();

		private final Counters activity = new Counters();

		private @Nullable String end;

		private int clock;

		User(int number) {
			this.number = number;
			this.random = new Random(number);
		}

		@Override
		public void run() {
			while (!V0Application.this.stopped && this.end == null) {
				try (Connection connection = V0Application.this.database.connection()) {
					prepare(connection);
					while (!V0Application.this.stopped) {
						turn(connection);
						Thread.sleep(V0Application.this.database.dialect() == DatabaseDialect.SQLITE ? 50 : 2);
					}
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					return;
				}
				catch (SQLException ex) {
					this.uncommitted.clear();
					if (TRY_AGAIN.contains(String.valueOf(ex.getSQLState())) || ex.getErrorCode() == MYSQL_LOCK_WAIT
							|| (V0Application.this.database.dialect() == DatabaseDialect.SQLITE
									&& ex.getErrorCode() == SQLITE_BUSY)) {
						this.activity.failed.incrementAndGet();
					}
					else {
						this.end = ex.getMessage();
					}
				}
			}
		}

		private void prepare(Connection connection) throws SQLException {
			if (V0Application.this.database.dialect() == DatabaseDialect.SQLITE) {
				try (Statement statement = connection.createStatement()) {
					statement.execute("PRAGMA foreign_keys = ON");
					statement.execute("PRAGMA busy_timeout = 20000");
				}
			}
			connection.setAutoCommit(false);
		}

		private void turn(Connection connection) throws SQLException {
			int choice = this.random.nextInt(100);
			AtomicInteger counter;
			if (choice < 60 || this.sessions.size() < 3) {
				String session = anySession();
				touch(connection, session);
				for (int i = this.random.nextInt(3); i >= 0; i--) {
					insert(connection, session);
				}
				counter = this.activity.appended;
			}
			else if (choice < 75) {
				String session = "new-" + this.number + "-" + UUID.randomUUID();
				create(connection, session);
				insert(connection, session);
				counter = this.activity.created;
			}
			else if (choice < 85) {
				delete(connection, anySession());
				counter = this.activity.deleted;
			}
			else if (choice < 93) {
				String session = anySession();
				delete(connection, session);
				create(connection, session);
				insert(connection, session);
				counter = this.activity.recreated;
			}
			else {
				removeEvent(connection, anySession());
				counter = this.activity.removed;
			}
			connection.commit();
			committed();
			counter.incrementAndGet();
		}

		private String anySession() {
			return List.copyOf(this.sessions.keySet()).get(this.random.nextInt(this.sessions.size()));
		}

		private void create(Connection connection, String session) throws SQLException {
			String time = nextTime(UTC_OFFSET_HOURS);
			execute(connection, "INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time)"
					+ " VALUES ('shop', 'u', ?, '{}', '2025-07-01 10:00:00.000001', '" + time + "')", session);
			this.uncommitted.add(() -> this.sessions.put(session, new Session(time, new TreeMap<>())));
		}

		private void touch(Connection connection, String session) throws SQLException {
			String time = nextTime(UTC_OFFSET_HOURS);
			execute(connection, "UPDATE sessions SET update_time = '" + time + "' WHERE id = ?", session);
			this.uncommitted
				.add(() -> this.sessions.computeIfPresent(session, (id, old) -> new Session(time, old.events())));
		}

		private void delete(Connection connection, String session) throws SQLException {
			execute(connection, "DELETE FROM sessions WHERE app_name = 'shop' AND user_id = 'u' AND id = ?", session);
			this.uncommitted.add(() -> this.sessions.remove(session));
		}

		private void insert(Connection connection, String session) throws SQLException {
			String id = UUID.randomUUID().toString();
			String text = this.number + " says " + id;
			V0Rows.insert(connection, V0Application.this.database.dialect(), "events", id, session,
					PICKLES.get(this.random.nextInt(PICKLES.size())), "{\"parts\": [{\"text\": \"" + text + "\"}]}",
					nextTime(0));
			this.uncommitted.add(() -> this.sessions.computeIfPresent(session, (key, state) -> {
				state.events().put(id, text);
				return state;
			}));
		}

		private void removeEvent(Connection connection, String session) throws SQLException {
			Session state = this.sessions.get(session);
			if (state != null && !state.events().isEmpty()) {
				String id = List.copyOf(state.events().keySet()).get(0);
				execute(connection, "DELETE FROM events WHERE id = ?", id);
				this.uncommitted.add(() -> state.events().remove(id));
			}
		}

		private void committed() {
			this.uncommitted.forEach(Runnable::run);
			this.uncommitted.clear();
		}

		private String nextTime(int offsetHours) {
			return TIME.format(BEGIN.plusHours(offsetHours).plusNanos(1_000_000L * this.clock++ + 1_000));
		}

		private static void execute(Connection connection, String sql, String value) throws SQLException {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, value);
				statement.executeUpdate();
			}
		}

	}

	/**
	 * A session that must exist.
	 *
	 * @param updateTime when it was last updated
	 * @param events texts by id
	 */
	private record Session(String updateTime, Map<String, String> events) {
	}

	/** Counts what one user has committed. */
	private static final class Counters {

		private final AtomicInteger appended = new AtomicInteger();

		private final AtomicInteger created = new AtomicInteger();

		private final AtomicInteger deleted = new AtomicInteger();

		private final AtomicInteger recreated = new AtomicInteger();

		private final AtomicInteger removed = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		private Activity now() {
			return new Activity(this.appended.get(), this.created.get(), this.deleted.get(), this.recreated.get(),
					this.removed.get(), this.failed.get());
		}

	}

	/**
	 * What users have committed.
	 *
	 * @param appended transactions that appended to a session
	 * @param created sessions created
	 * @param deleted sessions deleted
	 * @param recreated sessions deleted and created again with the same key
	 * @param removed single events deleted
	 * @param failed transactions that the database broke off, to be tried again
	 */
	record Activity(int appended, int created, int deleted, int recreated, int removed, int failed) {

		static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0);

		Activity plus(Activity other) {
			return new Activity(this.appended + other.appended, this.created + other.created,
					this.deleted + other.deleted, this.recreated + other.recreated, this.removed + other.removed,
					this.failed + other.failed);
		}

		boolean everyKind() {
			return this.appended > 0 && this.created > 0 && this.deleted > 0 && this.recreated > 0 && this.removed > 0;
		}

		int sum() {
			return this.appended + this.created + this.deleted + this.recreated + this.removed;
		}

		Activity since(Activity earlier) {
			return plus(new Activity(-earlier.appended, -earlier.created, -earlier.deleted, -earlier.recreated,
					-earlier.removed, -earlier.failed));
		}

	}

}
