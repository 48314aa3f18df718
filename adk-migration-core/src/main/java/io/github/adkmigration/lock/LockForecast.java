package io.github.adkmigration.lock;

/**
 * The lock that a run would take.
 *
 * @param description which kind it is and why, a phrase for people
 * @param trusted whether the session of the connection may hold it; otherwise it is a
 * lease that has to run out when its holder dies
 * @since 0.1.0
 */
public record LockForecast(String description, boolean trusted) {
}
