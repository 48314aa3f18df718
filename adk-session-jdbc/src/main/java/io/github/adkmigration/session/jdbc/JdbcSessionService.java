package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;

import javax.sql.DataSource;

import com.google.adk.events.Event;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.ListSessionsResponse;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import com.google.adk.sessions.State;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of adk-java in the SQL tables of adk-python, in adk-python's own
 * form, so that an agent of either language continues what the other began.
 * <p>
 * Nothing happens before a result is subscribed to; then the database is used on the
 * scheduler and never on the subscriber's thread. What the database refuses is a
 * {@link SessionException}, and nothing is half-written: every change is one transaction.
 * While a {@link Builder#gate(Runnable) gate} is closed, every result is what it throws.
 * <p>
 * Where the contract of {@link BaseSessionService} leaves a choice:
 * <ul>
 * <li>creating a session with an id that exists is refused, never an overwrite;</li>
 * <li>appending to a session that does not exist is a
 * {@link com.google.adk.sessions.SessionNotFoundException};</li>
 * <li>deleting or listing the events of a session that does not exist does nothing and
 * finds nothing, as with google-adk's in-memory service;</li>
 * <li>appending to a session that somebody else has changed since it was read is a
 * {@link StaleSessionException};</li>
 * <li>partial events are returned and not stored; {@code temp:} keys are not stored, and
 * stay in the session object that the event was appended to.</li>
 * </ul>
 *
 * @since 0.1.0
 */
public final class JdbcSessionService implements BaseSessionService {

	private final DataSource dataSource;

	private final SessionTables tables;

	private final @Nullable OwnerColumn ownerColumn;

	private final @Nullable SessionOwner owner;

	private final ZoneId eventZone;

	private final @Nullable Scheduler scheduler;

	private final @Nullable Runnable gate;

	private final SessionLocks locks = new SessionLocks();

	private volatile @Nullable SessionAccess access;

	private JdbcSessionService(Builder builder) {
		this.dataSource = builder.dataSource;
		this.tables = builder.tables;
		this.ownerColumn = builder.ownerColumn;
		this.owner = builder.owner;
		this.eventZone = builder.eventZone;
		this.scheduler = builder.scheduler;
		this.gate = builder.gate;
	}

	/**
	 * Begin to describe a service.
	 * @param dataSource the database whose tables are at head; no connection is opened
	 * before the first use
	 * @return a builder with ADK's own table names
	 */
	public static Builder builder(DataSource dataSource) {
		return new Builder(dataSource);
	}

	@Override
	@Deprecated
	@SuppressWarnings("deprecation")
	public Single<Session> createSession(String appName, String userId, @Nullable ConcurrentMap<String, Object> state,
			@Nullable String sessionId) {
		return createSession(appName, userId, (Map<String, Object>) state, sessionId);
	}

	/**
	 * Create a session.
	 * @param appName application, 1 to 128 characters
	 * @param userId user, 1 to 128 characters
	 * @param state initial state with the prefixes {@code app:}, {@code user:} and
	 * {@code temp:}, or {@code null}
	 * @param sessionId session id, at most 128 characters without the blanks around it;
	 * {@code null} or blank for a random one
	 * @return the session with its complete state; a {@link SessionException} if it
	 * exists or the database refuses
	 */
	@Override
	public Single<Session> createSession(String appName, String userId, @Nullable Map<String, Object> state,
			@Nullable String sessionId) {
		String trimmed = sessionId == null ? "" : sessionId.trim();
		SessionKey key = key(appName, userId, trimmed.isEmpty() ? UUID.randomUUID().toString() : trimmed);
		Object value;
		try {
			value = owner(key);
		}
		catch (RuntimeException ex) {
			return Single.error(ex);
		}
		return single(() -> {
			KeyRules.check(key);
			StateScopes initial = StateScopes.ofInitial(state);
			Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
			SessionAccess access = access();
			StateScopes complete = access.transactions()
				.write("create the session", () -> access.writer().create(key, initial, value, now));
			return Session.builder(key).state(complete.toMap()).lastUpdateTime(now).build();
		});
	}

	private @Nullable Object owner(SessionKey key) {
		if (this.ownerColumn == null || this.owner == null) {
			return null;
		}
		Object value = this.owner.ownerOf(key);
		if (value == null && this.ownerColumn.notNull()) {
			throw new SessionException("The owner column '" + this.ownerColumn.name()
					+ "' is NOT NULL, and no SessionOwner has supplied a value.");
		}
		return value;
	}

	/**
	 * Read a session. Both filters are applied by the database, so the cost of a few
	 * recent events does not grow with the session.
	 * @param appName application
	 * @param userId user
	 * @param sessionId session id
	 * @param config which events; all of them if empty
	 * @return the session, or nothing if it does not exist
	 */
	@Override
	public Maybe<Session> getSession(String appName, String userId, String sessionId,
			Optional<GetSessionConfig> config) {
		SessionKey key = key(appName, userId, sessionId);
		GetSessionConfig which = Objects.requireNonNull(config, "config cannot be null")
			.orElseGet(() -> GetSessionConfig.builder().build());
		return Maybe.defer(() -> {
			pass();
			if (!canExist(key)) {
				return Maybe.empty();
			}
			SessionGet get = access().get();
			return Maybe.fromOptional(Transactions.repeat("read the session", () -> get.session(key, which)));
		}).subscribeOn(scheduler());
	}

	/**
	 * Read the sessions of a user with their state and without their events, most
	 * recently changed first.
	 * @param appName application
	 * @param userId user
	 * @return the sessions, none if there are none
	 */
	@Override
	public Single<ListSessionsResponse> listSessions(String appName, String userId) {
		Objects.requireNonNull(appName, "appName cannot be null");
		Objects.requireNonNull(userId, "userId cannot be null");
		return single(() -> {
			SessionReader reader = access().reader();
			List<Session> sessions = KeyRules.canExist(appName, userId)
					? Transactions.repeat("list the sessions", () -> reader.sessions(appName, userId)) : List.of();
			return ListSessionsResponse.builder().sessions(sessions).build();
		});
	}

	@Override
	public Completable deleteSession(String appName, String userId, String sessionId) {
		SessionKey key = key(appName, userId, sessionId);
		return single(() -> {
			SessionAccess access = access();
			return canExist(key)
					&& access.transactions().write("delete the session", () -> access.writer().delete(key));
		}).ignoreElement();
	}

	/**
	 * Read all events of a session, oldest first.
	 * @param appName application
	 * @param userId user
	 * @param sessionId session id
	 * @return the events without a page token; none if the session does not exist
	 * @see #listEvents(SessionKey, int, String)
	 */
	@Override
	public Single<ListEventsResponse> listEvents(String appName, String userId, String sessionId) {
		SessionKey key = key(appName, userId, sessionId);
		return single(() -> {
			SessionReader reader = access().reader();
			List<Event> events = canExist(key) ? Transactions.repeat("list the events", () -> reader.events(key))
					: List.of();
			return ListEventsResponse.builder().events(events).build();
		});
	}

	/**
	 * Read a page of the events of a session, oldest first. Memory and time depend on the
	 * page and not on the session.
	 * @param sessionKey the session
	 * @param pageSize number of events at most, from 1 to 10,000
	 * @param pageToken the token of the page before, or {@code null} for the first page
	 * @return the events, and a token if there are more; a {@link SessionException} for a
	 * token that did not come from here
	 */
	public Single<ListEventsResponse> listEvents(SessionKey sessionKey, int pageSize, @Nullable String pageToken) {
		SessionKey key = key(sessionKey.appName(), sessionKey.userId(), sessionKey.id());
		if (pageSize < 1 || pageSize > 10_000) {
			throw new IllegalArgumentException("The page size " + pageSize + " is not from 1 to 10000.");
		}
		return single(() -> {
			EventPageToken after = pageToken == null ? null : EventPageToken.decode(pageToken);
			SessionReader reader = access().reader();
			return canExist(key) ? Transactions.repeat("list the events", () -> reader.events(key, pageSize, after))
					: ListEventsResponse.builder().events(List.of()).build();
		});
	}

	/**
	 * Store an event and apply its state delta, in one transaction; then bring the given
	 * session up to date in memory. Deltas of other sessions to the state of the same
	 * application or user are kept.
	 * @param session a session of this service
	 * @param event the event; one without id is given one
	 * @return the event; a {@link com.google.adk.sessions.SessionNotFoundException} if
	 * the session was deleted, a {@link SessionException} if the database refuses
	 */
	@Override
	public Single<Event> appendEvent(Session session, Event event) {
		Objects.requireNonNull(session, "session cannot be null");
		Objects.requireNonNull(event, "event cannot be null");
		SessionKey key = key(session.appName(), session.userId(), session.id());
		if (event.partial().orElse(false)) {
			return gated(() -> event);
		}
		return single(() -> this.locks.inTurn(key, () -> append(key, session, event)));
	}

	private Event append(SessionKey key, Session session, Event event) {
		if (event.id() == null || event.id().isEmpty()) {
			event.setId(Event.generateEventId());
		}
		KeyRules.check(event);
		if (!canExist(key)) {
			throw LockingAppend.notFound(key);
		}
		session.lastUpdateTime(access().append(key, session, event));
		event.actions().stateDelta().forEach((name, value) -> {
			if (name.startsWith(State.TEMP_PREFIX)) {
				changeTemporary(session, name, value);
			}
		});
		return BaseSessionService.super.appendEvent(session, event).blockingGet();
	}

	/** google-adk's own part of an append leaves these out. */
	private static void changeTemporary(Session session, String name, Object value) {
		if (value == State.REMOVED) {
			session.state().remove(name);
		}
		else {
			session.state().put(name, value);
		}
	}

	private static boolean canExist(SessionKey key) {
		return KeyRules.canExist(key.appName(), key.userId(), key.id());
	}

	private static SessionKey key(String appName, String userId, String sessionId) {
		return new SessionKey(Objects.requireNonNull(appName, "appName cannot be null"),
				Objects.requireNonNull(userId, "userId cannot be null"),
				Objects.requireNonNull(sessionId, "sessionId cannot be null"));
	}

	private <T> Single<T> single(Callable<T> work) {
		return gated(work).subscribeOn(scheduler());
	}

	private <T> Single<T> gated(Callable<T> work) {
		return Single.fromCallable(() -> {
			pass();
			return work.call();
		});
	}

	private void pass() {
		if (this.gate != null) {
			this.gate.run();
		}
	}

	private Scheduler scheduler() {
		return this.scheduler != null ? this.scheduler : DatabaseThreads.scheduler();
	}

	private SessionAccess access() {
		SessionAccess known = this.access;
		if (known == null) {
			known = SessionAccess.connect(this.dataSource, this.tables, this.ownerColumn, this.eventZone);
			this.access = known;
		}
		return known;
	}

	/**
	 * Describes a {@link JdbcSessionService}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private SessionTables tables = SessionTables.defaults();

		private @Nullable OwnerColumn ownerColumn;

		private @Nullable SessionOwner owner;

		private ZoneId eventZone = ZoneOffset.UTC;

		private @Nullable Scheduler scheduler;

		private @Nullable Runnable gate;

		private Builder(DataSource dataSource) {
			this.dataSource = Objects.requireNonNull(dataSource, "dataSource cannot be null");
		}

		/**
		 * Set where the tables are and what they are called.
		 * @param tables validated names
		 * @return this builder
		 */
		public Builder tables(SessionTables tables) {
			this.tables = Objects.requireNonNull(tables, "tables cannot be null");
			return this;
		}

		/**
		 * Set the column that says whom a session belongs to, and who knows that. There
		 * is none unless set.
		 * @param column a column of the sessions table
		 * @param owner supplies the value for each new session
		 * @return this builder
		 */
		public Builder owner(OwnerColumn column, SessionOwner owner) {
			this.ownerColumn = Objects.requireNonNull(column, "column cannot be null");
			this.owner = Objects.requireNonNull(owner, "owner cannot be null");
			return this;
		}

		/**
		 * Set whose wall clock the time column of events shows, for databases that
		 * adk-python older than 2.7.0 reads. The instant of an event is in its data
		 * whatever the column shows.
		 * @param zone the zone of those processes; UTC unless set
		 * @return this builder
		 */
		public Builder eventZone(ZoneId zone) {
			this.eventZone = Objects.requireNonNull(zone, "zone cannot be null");
			return this;
		}

		/**
		 * Set on which threads the database is used.
		 * @param scheduler a scheduler whose threads may block; unless set, virtual
		 * threads where the JDK has them, else RxJava's
		 * {@link io.reactivex.rxjava3.schedulers.Schedulers#io()}
		 * @return this builder
		 */
		public Builder scheduler(Scheduler scheduler) {
			this.scheduler = Objects.requireNonNull(scheduler, "scheduler cannot be null");
			return this;
		}

		/**
		 * Set who may refuse, for example as long as the tables are not migrated.
		 * @param gate run at each subscription, before the database is used; it must not
		 * block, and what it throws is the error of the result. Nobody refuses unless set
		 * @return this builder
		 */
		public Builder gate(Runnable gate) {
			this.gate = Objects.requireNonNull(gate, "gate cannot be null");
			return this;
		}

		/**
		 * Return the service. The database is not used yet.
		 * @return a new service
		 */
		public JdbcSessionService build() {
			return new JdbcSessionService(this);
		}

	}

}
