package io.github.adkmigration.schema;

import java.util.Set;

/**
 * A layout that some ADK shipped.
 *
 * @param family who wrote it
 * @param level the first release of this shape, as the reference names it, for example
 * {@code python-1.14.0} or {@code go-0.4.0}; V0 tables made by a release that also knows
 * V1 end in {@code -v0}
 * @param traits what else the tables show
 * @since 0.1.0
 */
public record Layout(LayoutFamily family, String level, Set<LayoutTrait> traits) {

	public Layout {
		traits = Set.copyOf(traits);
	}

	/**
	 * Return whether the tables show a trait.
	 * @param trait the trait
	 * @return whether it was seen
	 */
	public boolean has(LayoutTrait trait) {
		return this.traits.contains(trait);
	}

}
