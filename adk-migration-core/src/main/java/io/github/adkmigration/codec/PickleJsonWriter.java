package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleBytes;
import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleFloat;
import io.github.adkmigration.pickle.PickleGlobal;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes pickled values as pydantic does: models without what is None, plain dicts with
 * it.
 */
final class PickleJsonWriter {

	/** Common readers of JSON stop at 500, and the event is a level of its own. */
	static final int MAX_DEPTH = 490;

	/** Shared values are written each time, so the work is not bounded by the input. */
	private static final int MAX_VISITS = 1 << 24;

	/** Looking for a cycle at each step would cost more than the step. */
	private static final int CYCLE_CHECK_INTERVAL = 32;

	private final JsonOutput out;

	private final SubstitutionLog substitutions;

	private final PickleValue[] path = new PickleValue[MAX_DEPTH + 1];

	private int visits;

	PickleJsonWriter(JsonOutput out, SubstitutionLog substitutions) {
		this.out = out;
		this.substitutions = substitutions;
	}

	void reset() {
		this.visits = 0;
	}

	void write(PickleValue value, int depth) {
		if (++this.visits > MAX_VISITS) {
			throw new UnconvertibleEventException(UnconvertibleReason.LIMIT_EXCEEDED,
					"The pickle repeats its values more than " + MAX_VISITS + " times.");
		}
		switch (value.kind()) {
			case NONE -> this.out.literal("null");
			case BOOL -> this.out.literal((value == PickleConstant.TRUE) ? "true" : "false");
			case INT -> this.out.literal(value.toString());
			case FLOAT -> this.out.number(((PickleFloat) value).value());
			case TEXT -> text((PickleText) value);
			case BYTES -> this.out.base64(((PickleBytes) value).toArray());
			case SEQUENCE -> sequence((PickleSequence) value, depth);
			case DICT -> dict((PickleDict) value, depth);
			case GLOBAL -> global((PickleGlobal) value);
			case OBJECT -> object((PickleObject) value, depth);
		}
	}

	void key(PickleValue key) {
		if (key instanceof PickleText text) {
			text(text);
		}
		else {
			this.out.text(PythonKeys.text(key));
		}
		this.out.colon();
	}

	/**
	 * Write the fields of a model that are not None, without the braces.
	 */
	void fields(PickleDict fields, boolean scheme, int depth) {
		for (int i = 0; i < fields.size(); i++) {
			PickleValue value = fields.value(i);
			if (value == PickleConstant.NONE) {
				this.visits++;
				continue;
			}
			if (scheme && fields.key(i) instanceof PickleText name && isAliased(name)) {
				this.out.key(name.toString().substring(0, name.length() - 1));
			}
			else {
				key(fields.key(i));
			}
			write(value, depth + 1);
		}
	}

	/**
	 * Every release reads all kinds of auth schemes back by these aliases, and takes some
	 * of them for others when the names of the fields are used.
	 */
	private static boolean isAliased(PickleText name) {
		return name.is("type_") || name.is("in_");
	}

	private void text(PickleText text) {
		this.out.text(text.source(), text.offset(), text.length());
	}

	private void sequence(PickleSequence sequence, int depth) {
		enter(sequence, depth);
		this.out.beginArray();
		elements(sequence, depth);
		this.out.endArray();
	}

	private void elements(PickleSequence sequence, int depth) {
		for (int i = 0; i < sequence.size(); i++) {
			write(sequence.get(i), depth + 1);
		}
	}

	private void dict(PickleDict dict, int depth) {
		enter(dict, depth);
		this.out.beginObject();
		entries(dict, depth);
		this.out.endObject();
	}

	private void entries(PickleDict dict, int depth) {
		for (int i = 0; i < dict.size(); i++) {
			key(dict.key(i));
			write(dict.value(i), depth + 1);
		}
	}

	private void global(PickleGlobal global) {
		this.substitutions.add(SubstitutionKind.UNKNOWN_CLASS, ClassNames.printable(global.qualifiedName()));
		this.out.text(PythonRepr.ofGlobal(global));
	}

	private void object(PickleObject object, int depth) {
		enter(object, depth);
		PythonType type = PythonType.of(object);
		ModelState model = ModelState.of(object);
		if (model != null) {
			model(type, model, depth);
			return;
		}
		String text = StandardText.of(type, object);
		if (text != null) {
			this.out.text(text);
			return;
		}
		byte[] bytes = Arguments.bytes(object);
		if (bytes != null) {
			this.out.base64(bytes);
			return;
		}
		PickleValue plain = StandardValues.plain(type, object);
		if (plain != null) {
			write(plain, depth + 1);
			return;
		}
		unknown(type, object, depth);
	}

	private void model(PythonType type, ModelState model, int depth) {
		note(type);
		PickleValue root = model.root();
		if (root != null) {
			write(root, depth + 1);
			return;
		}
		boolean scheme = type.module().equals("fastapi.openapi.models")
				|| type.module().equals("google.adk.auth.auth_schemes");
		this.out.beginObject();
		fields(model.fields(), scheme, depth);
		if (model.extra() != null) {
			fields(model.extra(), false, depth);
		}
		this.out.endObject();
	}

	private void unknown(PythonType type, PickleObject object, int depth) {
		PickleGlobal enumClass = PythonType.enumClass(object);
		if (enumClass != null) {
			PythonType owner = new PythonType(enumClass.module(), enumClass.name(), type.arguments());
			note(owner);
			this.out.text(EnumMembers.value(enumClass.qualifiedName(), type.arguments().get(1).toString()));
			return;
		}
		note(type);
		PickleDict state = StandardValues.attributes(object.state());
		PickleSequence arguments = type.arguments();
		if (object.entries() != null || (state != null && object.items() == null)) {
			attributes(object.entries(), state, depth);
		}
		else if (object.items() != null) {
			this.out.beginArray();
			elements(object.items(), depth);
			this.out.endArray();
		}
		else if (object.state() != null) {
			write(object.state(), depth + 1);
		}
		else if (arguments.size() == 1) {
			write(arguments.get(0), depth + 1);
		}
		else if (arguments.size() > 1) {
			sequence(arguments, depth);
		}
		else if (object.keywords() != null) {
			write(object.keywords(), depth + 1);
		}
		else {
			this.out.text(type.qualifiedName());
		}
	}

	private void attributes(@Nullable PickleDict entries, @Nullable PickleDict state, int depth) {
		this.out.beginObject();
		if (entries != null) {
			entries(entries, depth);
		}
		if (state != null) {
			entries(state, depth);
		}
		this.out.endObject();
	}

	private void note(PythonType type) {
		if (!type.isKnownModel()) {
			this.substitutions.add(SubstitutionKind.UNKNOWN_CLASS, ClassNames.printable(type.qualifiedName()));
		}
	}

	private void enter(PickleValue container, int depth) {
		if (depth >= MAX_DEPTH) {
			throw new UnconvertibleEventException(UnconvertibleReason.LIMIT_EXCEEDED,
					"The pickle is more than " + MAX_DEPTH + " levels deep.");
		}
		this.path[depth] = container;
		if (depth % CYCLE_CHECK_INTERVAL == CYCLE_CHECK_INTERVAL - 1) {
			for (int i = 0; i < depth; i++) {
				if (this.path[i] == container) {
					throw new UnconvertibleEventException(UnconvertibleReason.RECURSIVE_VALUE,
							"A value of the pickle contains itself.");
				}
			}
		}
	}

}
