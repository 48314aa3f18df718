package io.github.adkmigration.session.jdbc;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A row of {@code sessions}.
 *
 * @param id session id
 * @param state the session's own part of the state
 * @param updateTime time of the last change
 */
record SessionRow(String id, ObjectNode state, Instant updateTime) {

}
