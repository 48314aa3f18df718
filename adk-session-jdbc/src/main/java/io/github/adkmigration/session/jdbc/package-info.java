/**
 * Durable sessions for adk-java, on the SQL tables of adk-python and in adk-python's own
 * JSON form, so that agents of both languages can share one database. <pre>{@code
 * BaseSessionService sessions = JdbcSessionService.builder(dataSource).build();
 * Session session = sessions.createSession("shop", "user-7", Map.of("user:name", "Ada"), null).blockingGet();
 * sessions.appendEvent(session, event).blockingGet();
 * Session again = sessions.getSession("shop", "user-7", session.id(), Optional.empty()).blockingGet();
 * }</pre>
 * <p>
 * The tables must be at head; {@code adk-migration-core} brings them there. What differs
 * between the two languages is translated at the border:
 * <ul>
 * <li>Keys of model fields are snake_case in the database and camelCase in Java. What
 * users put into state, arguments, responses, payloads and metadata keeps its keys.</li>
 * <li>The time of an event is kept in microseconds by the database and in milliseconds by
 * {@link com.google.adk.events.Event}: reading cuts what is finer. Columns hold UTC.</li>
 * <li>A state key that Java removed is {@code null} in the event and absent from the
 * state; a key that Python set to {@code None} stays in the database and is absent from
 * {@link com.google.adk.sessions.Session#state()}, which cannot hold {@code null}.</li>
 * <li>NaN and the infinities have no JSON form and are written as {@code null}.</li>
 * <li>Fields that only adk-python has (for example {@code node_info}) stay in the
 * database and are not visible in Java.</li>
 * </ul>
 */
@NullMarked
package io.github.adkmigration.session.jdbc;

import org.jspecify.annotations.NullMarked;
