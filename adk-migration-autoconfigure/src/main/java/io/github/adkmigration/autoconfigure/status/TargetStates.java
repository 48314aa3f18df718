package io.github.adkmigration.autoconfigure.status;

import java.util.List;

/**
 * The targets beside the first one, for those that only read them.
 *
 * @param all in the order of their settings
 * @param decisive whether the application cannot work without each of them
 * @since 0.1.0
 */
public record TargetStates(List<TargetState> all, boolean decisive) {

	/** No further targets. */
	public static final TargetStates NONE = new TargetStates(List.of(), true);

	public TargetStates {
		all = List.copyOf(all);
	}

}
