package io.github.adkmigration.report;

import org.jspecify.annotations.Nullable;

/**
 * Something that an upgrade would do, or what stands in its way.
 *
 * @param id changeset or step id, or {@code null} for an obstacle
 * @param phase {@code expand}, {@code backfill} or {@code contract}, or {@code null} for
 * an obstacle
 * @param description one phrase for people
 * @since 0.1.0
 */
public record PendingChange(@Nullable String id, @Nullable String phase, String description) {

	/**
	 * Describe why no upgrade is possible.
	 * @param description what stands in the way
	 * @return an obstacle
	 */
	public static PendingChange obstacle(String description) {
		return new PendingChange(null, null, description);
	}

}
