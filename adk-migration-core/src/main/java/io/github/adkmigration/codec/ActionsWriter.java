package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes pickled event actions as the {@code actions} object of V1, which always has its
 * four dicts and never a field that the newest release does not know.
 */
final class ActionsWriter {

	/** Every field since 0.1.0 that a V1 reader accepts, with its JSON name. */
	private static final List<String> FIELDS = List.of("state_delta", "artifact_delta", "requested_auth_configs",
			"requested_tool_confirmations", "skip_summarization", "transfer_to_agent", "transfer_reason", "escalate",
			"compaction", "end_of_agent", "agent_state", "rewind_before_invocation_id", "route", "render_ui_widgets",
			"set_model_response");

	private static final int ALWAYS_PRESENT = 4;

	/** Objects of the application's own. */
	private static final Set<String> OBJECTS = Set.of("state_delta", "requested_auth_configs", "agent_state");

	private static final List<String> EXPECTED = List.copyOf(FIELDS.subList(0, ALWAYS_PRESENT));

	private static final Map<String, Integer> POSITIONS = positions();

	private static final String[] PATHS = FIELDS.stream().map((name) -> "actions." + name).toArray(String[]::new);

	private final JsonOutput out;

	private final SubstitutionLog substitutions;

	private final PickleJsonWriter values;

	ActionsWriter(JsonOutput out, SubstitutionLog substitutions) {
		this.out = out;
		this.substitutions = substitutions;
		this.values = new PickleJsonWriter(out, substitutions);
	}

	private static Map<String, Integer> positions() {
		Map<String, Integer> positions = new HashMap<>();
		for (int i = 0; i < FIELDS.size(); i++) {
			positions.put(FIELDS.get(i), i);
			positions.put(CamelCase.of(FIELDS.get(i)), i);
		}
		return Map.copyOf(positions);
	}

	/**
	 * Return the fields that every reader expects.
	 */
	static List<String> alwaysPresent() {
		return EXPECTED;
	}

	/**
	 * Return whether the newest release knows a field.
	 */
	static boolean isKnown(String name) {
		return FIELDS.contains(name);
	}

	/**
	 * Return where a field stands in an event.
	 */
	static String path(String name) {
		int position = FIELDS.indexOf(name);
		return position < 0 ? "actions." + name : PATHS[position];
	}

	void write(PickleValue actions) {
		this.values.reset();
		this.substitutions.field("actions");
		PickleDict fields = fields(actions);
		int written = 0;
		this.out.beginObject();
		for (int i = 0; fields != null && i < fields.size(); i++) {
			if (fields.value(i) == PickleConstant.NONE) {
				continue;
			}
			Integer position = position(fields.key(i));
			if (position == null) {
				drop(fields.key(i));
				continue;
			}
			write(position, fields.value(i));
			written |= 1 << position;
		}
		for (int i = 0; i < ALWAYS_PRESENT; i++) {
			if ((written & 1 << i) == 0) {
				this.out.key(FIELDS.get(i));
				this.out.literal("{}");
			}
		}
		this.out.endObject();
	}

	private void write(int position, PickleValue value) {
		this.substitutions.field(PATHS[position]);
		this.out.key(FIELDS.get(position));
		int start = this.out.length();
		this.values.write(value, 2);
		if (this.out.at(start) != '{' || !isFree(position, start)) {
			byte[] json = this.out.toArray(start);
			EventForm.PYTHON.action(FIELDS.get(position),
					JsonColumnReader.anyTree(PATHS[position], new String(json, StandardCharsets.UTF_8)));
		}
	}

	/**
	 * Return whether an object needs no look inside, so that next to no JSON is read
	 * again.
	 */
	private boolean isFree(int position, int start) {
		return OBJECTS.contains(FIELDS.get(position))
				|| position < ALWAYS_PRESENT && this.out.length() - start == "{}".length();
	}

	private @Nullable PickleDict fields(PickleValue actions) {
		if (actions == PickleConstant.NONE) {
			this.substitutions.add(SubstitutionKind.MISSING_ACTIONS);
			return null;
		}
		if (actions instanceof PickleDict dict) {
			return dict;
		}
		ModelState model = (actions instanceof PickleObject object) ? ModelState.of(object) : null;
		if (model == null) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"The pickle holds something else than event actions.");
		}
		PythonType type = PythonType.of((PickleObject) actions);
		if (!type.isKnownModel()) {
			this.substitutions.add(SubstitutionKind.UNKNOWN_CLASS, ClassNames.printable(type.qualifiedName()));
		}
		return model.fields();
	}

	private static @Nullable Integer position(PickleValue key) {
		return (key instanceof PickleText text) ? POSITIONS.get(text.toString()) : null;
	}

	private void drop(PickleValue key) {
		this.substitutions.dropped("actions", PythonKeys.text(key));
	}

}
