package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.ListEventsResponse;
import com.google.adk.sessions.Session;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time column of events for adk-python older than 2.7.0.
 */
class LocalTimeColumnTests {

	@DatabaseTest
	void columnShowsTheWallClockOfTheZoneAndTheDataTheInstant(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		JdbcSessionService local = JdbcSessionService.builder(database.dataSource())
			.eventZone(ZoneId.of("Asia/Kolkata"))
			.build();
		Session session = sessions.create(Map.of());
		local.appendEvent(session, SessionDatabase.event("one", Map.of())).ignoreElement().blockingAwait();
		assertThat(sessions.text("CAST(timestamp AS CHAR(23))", SessionTable.EVENTS))
			.startsWith("2025-11-02 17:30:00.123");
		assertThat(sessions.text("CAST(update_time AS CHAR(23))", SessionTable.SESSIONS))
			.startsWith("2025-11-02 12:00:00.123");
		GetSessionConfig since = GetSessionConfig.builder()
			.afterTimestamp(Instant.ofEpochMilli(SessionDatabase.NOON))
			.build();
		GetSessionConfig later = GetSessionConfig.builder()
			.afterTimestamp(Instant.ofEpochMilli(SessionDatabase.NOON + 1))
			.build();
		assertThat(local.getSession(session.sessionKey(), since).blockingGet().events()).extracting(Event::timestamp)
			.containsExactly(SessionDatabase.NOON);
		assertThat(local.getSession(session.sessionKey(), later).blockingGet().events()).isEmpty();
		assertThat(sessions.get(session).events()).extracting(Event::timestamp).containsExactly(SessionDatabase.NOON);
	}

	@DatabaseTest
	void pagesAreCompleteWhenTheClockGoesBack(TestDatabase database) {
		SessionDatabase sessions = new SessionDatabase(database);
		JdbcSessionService local = JdbcSessionService.builder(database.dataSource())
			.eventZone(ZoneId.of("America/New_York"))
			.build();
		Session session = sessions.create(Map.of());
		Instant first = Instant.parse("2025-11-02T05:00:00Z");
		for (int i = 0; i < 8; i++) {
			long time = first.plusSeconds(900L * i).toEpochMilli();
			local
				.appendEvent(session, SessionDatabase.event("event " + i, Map.of()).toBuilder().timestamp(time).build())
				.ignoreElement()
				.blockingAwait();
		}
		List<String> ids = new ArrayList<>();
		String token = null;
		do {
			ListEventsResponse page = local.listEvents(session.sessionKey(), 3, token).blockingGet();
			page.events().forEach((event) -> ids.add(event.id()));
			token = page.nextPageToken().orElse(null);
		}
		while (token != null);
		assertThat(ids).containsExactlyInAnyOrderElementsOf(session.events().stream().map(Event::id).toList());
	}

}
