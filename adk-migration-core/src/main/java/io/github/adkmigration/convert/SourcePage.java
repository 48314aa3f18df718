package io.github.adkmigration.convert;

import java.util.List;

/**
 * A page as read.
 *
 * @param events the rows
 * @param lastKey where to go on, in the form of the reader
 */
record SourcePage(List<SourceEvent> events, String lastKey) {
}
