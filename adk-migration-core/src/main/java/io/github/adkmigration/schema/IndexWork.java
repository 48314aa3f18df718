package io.github.adkmigration.schema;

import org.jspecify.annotations.Nullable;

/**
 * What it means to build head's index on events that exist.
 *
 * @param large whether the table has more rows than a start builds an index for
 * @param builder the session that builds an index on the table right now, by the number
 * that the server has given it, or {@code null} if none is seen to
 * @since 0.1.0
 */
public record IndexWork(boolean large, @Nullable Long builder) {

	/** Nothing that a start would leave to others. */
	public static final IndexWork SMALL = new IndexWork(false, null);

}
