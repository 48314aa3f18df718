package io.github.adkmigration.test.corpus;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The rows of a filled database, as a function of their number: a test can tell what a
 * migration must make of each without keeping them.
 *
 * @param layout the layout of the tables, for example {@code python-1.17.0}
 * @param sessions the number of sessions
 * @param eventsPerSession the number of events in each
 * @param zone the time zone of the writer, in which event times are stored
 * @since 0.1.0
 */
public record Corpus(String layout, int sessions, int eventsPerSession, ZoneId zone) {

	/** Nine hours before New York repeats an hour. */
	private static final Instant START = Instant.parse("2025-11-01T20:00:00Z");

	/** Nearly every event has microseconds, the first of each million has none. */
	private static final Duration STEP = Duration.ofSeconds(7).plusNanos(13_000);

	private static final List<String> LEVELS_WITH_NEW_ACTIONS = List.of("python-1.17.0", "python-1.19.0",
			"python-1.22.0-v0", "python-1.28.0-v0", "python-2.10.0-v0");

	/** The application of every session. */
	public static final String APP = "shop";

	/**
	 * Return the number of events.
	 * @return sessions times events for each
	 */
	public int events() {
		return this.sessions * this.eventsPerSession;
	}

	/**
	 * Return the id of an event.
	 * @param event the number of the event, from 0
	 * @return the id
	 */
	public String eventId(int event) {
		return "event-%08d".formatted(event);
	}

	/**
	 * Return the id of the session that an event belongs to.
	 * @param event the number of the event, from 0
	 * @return the id; events of a session have successive numbers
	 */
	public String sessionId(int event) {
		return "session-%06d".formatted(event / this.eventsPerSession);
	}

	/**
	 * Return the user whose session an event belongs to.
	 * @param event the number of the event, from 0
	 * @return the user; ten sessions in a row share one
	 */
	public String userId(int event) {
		return "user-%05d".formatted(event / this.eventsPerSession / 10);
	}

	/**
	 * Return when an event happened.
	 * @param event the number of the event, from 0
	 * @return the instant, to the microsecond, later than that of the event before
	 */
	public Instant instant(int event) {
		return START.plus(STEP.multipliedBy(event));
	}

	/**
	 * Return the time that the writer stored.
	 * @param event the number of the event, from 0
	 * @return the wall time in the writer's zone; a column without fractions holds less
	 */
	public LocalDateTime storedTime(int event) {
		return LocalDateTime.ofInstant(instant(event), this.zone);
	}

	/**
	 * Return the actions of an event.
	 * @param event the number of the event, from 0
	 * @return the pickle with the JSON that its release makes of it
	 */
	public PickleEntry actions(int event) {
		List<PickleEntry> typical = PickleCorpus.typical(LEVELS_WITH_NEW_ACTIONS.contains(this.layout));
		return typical.get(event % typical.size());
	}

	/**
	 * Return the content of an event.
	 * @param event the number of the event, from 0
	 * @return JSON in the field names of adk-python
	 */
	public String content(int event) {
		return switch (event % 4) {
			case 0 ->
				"{\"parts\": [{\"text\": \"Question %d: what is the weather in Zürich tomorrow? 🙂\"}], \"role\": \"user\"}"
					.formatted(event);
			case 1 ->
				"{\"parts\": [{\"function_call\": {\"id\": \"call-%d\", \"args\": {\"city\": \"Zürich\", \"dayOffset\": 1}, \"name\": \"get_weather\"}}], \"role\": \"model\"}"
					.formatted(event);
			case 2 ->
				"{\"parts\": [{\"function_response\": {\"id\": \"call-%d\", \"name\": \"get_weather\", \"response\": {\"temperature\": 7.5, \"rain\": null}}}], \"role\": \"user\"}"
					.formatted(event - 1);
			default ->
				"{\"parts\": [{\"text\": \"Answer %d: seven and a half degrees, and it stays dry. %s\"}], \"role\": \"model\"}"
					.formatted(event, "Take a light jacket with you. ".repeat(event % 7));
		};
	}

	/**
	 * Return who wrote an event.
	 * @param event the number of the event, from 0
	 * @return {@code user} or the name of the agent
	 */
	public String author(int event) {
		return event % 4 == 0 ? "user" : "weather_agent";
	}

}
