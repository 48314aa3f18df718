package io.github.adkmigration.report;

import java.util.List;

/**
 * How the time column of V1 events fits the instants in their JSON.
 *
 * @param looked how many events were looked at
 * @param complete whether these are all
 * @param notUtc how many have another time in the column than that instant in UTC, as
 * adk-python before 2.7.0 writes it outside of UTC
 * @param unreadable how many have no instant in their JSON, or no time in the column
 * @param unreadableKeys keys of the first few of these, each as
 * {@code (id, app_name, user_id, session_id)}
 * @since 0.1.0
 */
public record EventTimes(long looked, boolean complete, long notUtc, long unreadable, List<String> unreadableKeys) {

	/** How many keys are named. */
	public static final int MOST_KEYS = 5;

	public EventTimes {
		unreadableKeys = List.copyOf(unreadableKeys);
	}

	/**
	 * Name an event.
	 * @param id its id
	 * @param app its application
	 * @param user its user
	 * @param session its session
	 * @return its key in brackets
	 */
	public static String key(String id, String app, String user, String session) {
		return "(" + String.join(", ", id, app, user, session) + ")";
	}

	/**
	 * Put the counts into words.
	 * @return one phrase
	 */
	public String text() {
		return of() + ": " + this.notUtc + " not in UTC" + (this.unreadable == 0 ? "" : ", " + unreadableText());
	}

	/**
	 * Return what was looked at.
	 * @return for example {@code 7 events} or {@code the first 1000000 events}
	 */
	public String of() {
		return (this.complete ? "" : "the first ") + this.looked + (this.looked == 1 ? " event" : " events");
	}

	/**
	 * Describe the rows that say nothing.
	 * @return one phrase with the keys of a few
	 */
	public String unreadableText() {
		return this.unreadable + " without a readable time " + String.join(", ", this.unreadableKeys)
				+ (this.unreadable > this.unreadableKeys.size() ? ", ..." : "");
	}

}
