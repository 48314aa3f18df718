package io.github.adkmigration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * A class uses only what stands before its own package, or beside it. A package that
 * exists and has no place yet is a violation, so that the order never goes stale.
 */
final class LayerOrder extends ArchCondition<JavaClass> {

	private final String root;

	private final List<Set<String>> layers;

	/**
	 * Create the condition.
	 * @param root the package of the facade, which may use everything
	 * @param layers names of packages directly below the root, first the leaves
	 */
	LayerOrder(String root, List<Set<String>> layers) {
		super("only use packages that stand before their own in %s", layers);
		this.root = root;
		this.layers = layers;
	}

	@Override
	public void check(JavaClass origin, ConditionEvents events) {
		int place = place(origin);
		if (place < 0) {
			events.add(SimpleConditionEvent.violated(origin,
					"%s has no place in the order of layers: add '%s' to ArchitectureTests".formatted(origin.getName(),
							layer(origin))));
			return;
		}
		Set<String> forbidden = new LinkedHashSet<>();
		origin.getDirectDependenciesFromSelf()
			.stream()
			.filter((dependency) -> isOurs(dependency.getTargetClass()))
			.filter((dependency) -> place(dependency.getTargetClass()) > place)
			.forEach((dependency) -> forbidden.add(dependency.getDescription()));
		forbidden.forEach((description) -> events.add(SimpleConditionEvent.violated(origin, description)));
	}

	private boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(this.root) || type.getPackageName().startsWith(this.root + ".");
	}

	private int place(JavaClass type) {
		String layer = layer(type);
		if (layer.isEmpty()) {
			return this.layers.size();
		}
		for (int place = 0; place < this.layers.size(); place++) {
			if (this.layers.get(place).contains(layer)) {
				return place;
			}
		}
		return -1;
	}

	private String layer(JavaClass type) {
		String name = type.getPackageName();
		if (name.equals(this.root)) {
			return "";
		}
		String below = name.substring(this.root.length() + 1);
		int dot = below.indexOf('.');
		return (dot < 0) ? below : below.substring(0, dot);
	}

}
