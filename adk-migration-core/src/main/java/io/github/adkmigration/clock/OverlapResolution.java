package io.github.adkmigration.clock;

import java.util.Set;

/**
 * Which events of repeated hours happened in the second pass.
 *
 * @param secondPass their keys
 * @param repeated how many events are in repeated hours
 * @param unresolved how many of them the limit left out; they count as first pass
 * @since 0.1.0
 */
public record OverlapResolution(Set<RowKey> secondPass, long repeated, long unresolved) {

	/** For a zone or a span of time without a repeated hour. */
	public static final OverlapResolution NONE = new OverlapResolution(Set.of(), 0, 0);

	public OverlapResolution {
		secondPass = Set.copyOf(secondPass);
	}

}
