package io.github.adkmigration.convert;

/**
 * The primary key of an event.
 *
 * @param id the event's id
 * @param appName its application
 * @param userId its user
 * @param sessionId its session
 */
record EventKey(String id, String appName, String userId, String sessionId) {
}
