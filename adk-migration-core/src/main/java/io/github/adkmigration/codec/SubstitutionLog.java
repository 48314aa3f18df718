package io.github.adkmigration.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects the substitutions of one row, each kind once for each field.
 */
final class SubstitutionLog {

	/** A row names its classes itself, so their number is not ours. */
	private static final int MAX_ENTRIES = 64;

	private final List<Substitution> entries = new ArrayList<>();

	private String field = "";

	void reset() {
		this.entries.clear();
	}

	void field(String name) {
		this.field = name;
	}

	void add(SubstitutionKind kind) {
		add(kind, null);
	}

	void add(SubstitutionKind kind, @Nullable String className) {
		Substitution substitution = new Substitution(this.field, kind, className);
		if (this.entries.size() < MAX_ENTRIES && !this.entries.contains(substitution)) {
			this.entries.add(substitution);
		}
	}

	/**
	 * Note a field that is left out.
	 * @param owner the field that it stood in
	 * @param name its name, which the row says
	 */
	void dropped(String owner, String name) {
		field(owner);
		add(SubstitutionKind.DROPPED_FIELD, ClassNames.printable(name));
	}

	int size() {
		return this.entries.size();
	}

	List<Substitution> toList() {
		return List.copyOf(this.entries);
	}

}
