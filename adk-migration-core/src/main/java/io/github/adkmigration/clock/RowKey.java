package io.github.adkmigration.clock;

/**
 * The primary key of an event.
 *
 * @param id its id
 * @param app its application's name
 * @param user its user's id
 * @param session its session's id
 * @since 0.1.0
 */
public record RowKey(String id, String app, String user, String session) {

	/**
	 * Return a key that stands for a whole session.
	 */
	static RowKey ofSession(String app, String user, String session) {
		return new RowKey("", app, user, session);
	}

	boolean sameSession(RowKey other) {
		return this.session.equals(other.session) && this.user.equals(other.user) && this.app.equals(other.app);
	}

}
