package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * The pickled state of a pydantic model.
 *
 * @param fields the fields, by name
 * @param extra what the model holds beside its fields, or {@code null}
 */
record ModelState(PickleDict fields, @Nullable PickleDict extra) {

	/**
	 * Read the state of an object.
	 * @param object any object
	 * @return the state, or {@code null} if the object is no pydantic model
	 */
	static @Nullable ModelState of(PickleObject object) {
		if (!(object.state() instanceof PickleDict state) || !(state.get("__dict__") instanceof PickleDict fields)) {
			return null;
		}
		boolean second = state.get("__pydantic_fields_set__") != null;
		boolean first = state.get("__fields_set__") != null;
		if (!second && !first) {
			return null;
		}
		PickleValue extra = state.get("__pydantic_extra__");
		return new ModelState(fields, (extra instanceof PickleDict entries) ? entries : null);
	}

	/**
	 * Return the value that a root model stands for.
	 * @return the value, or {@code null} if the model has other fields
	 */
	@Nullable PickleValue root() {
		return (this.fields.size() == 1 && this.extra == null) ? this.fields.get("root") : null;
	}

}
