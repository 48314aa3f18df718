package io.github.adkmigration.test.conversion;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a converted event with another view of it, field by field, and names each
 * difference that has a reason.
 */
public final class EventComparison {

	private static final Set<String> SETS = Set.of("set", "set_int", "set_tuple", "frozenset", "long_running_tool_ids");

	private static final Map<String, Deviation> MISSING = Map.of("node_info", Deviation.DEFAULT_OF_READER, "scheme",
			Deviation.DEFAULT_OF_READER, "token_endpoint_auth_method", Deviation.DEFAULT_OF_READER, "use_id_token",
			Deviation.DEFAULT_OF_READER, "credential_key", Deviation.COMPUTED_CREDENTIAL_KEY, "double",
			Deviation.CODE_OF_MODEL, "red", Deviation.ENUM_BY_NAME, "$dump_error", Deviation.UNDUMPABLE_VALUE);

	private static final Map<String, Deviation> ADDED = Map.of("requested_tool_confirmations",
			Deviation.FIELD_OF_LATER_RELEASE, "long_running_tool_ids", Deviation.FIELD_OF_LATER_RELEASE, "issuer_url",
			Deviation.FIELD_LOST_BY_READER, "token", Deviation.FIELD_LOST_BY_READER, "excluded",
			Deviation.CODE_OF_MODEL, "RED", Deviation.ENUM_BY_NAME);

	private static final Set<String> MEMBER_NAMES = Set.of("DARK_BLUE", "HIGH", "RED", "OPEN", "DONE", "READ", "WRITE",
			"A");

	private final Set<Deviation> deviations = EnumSet.noneOf(Deviation.class);

	private final List<String> unexplained = new ArrayList<>();

	Set<Deviation> deviations() {
		return this.deviations;
	}

	/**
	 * Return what differs without a known reason.
	 * @return one line each
	 */
	public List<String> unexplained() {
		return this.unexplained;
	}

	void rowLost() {
		this.deviations.add(Deviation.ROW_LOST);
	}

	/**
	 * Compare two views of an event.
	 * @param event the event's id
	 * @param ours what the conversion wrote
	 * @param theirs what another program makes of the same row
	 */
	public void compare(String event, JsonNode ours, JsonNode theirs) {
		if (actionsLost(ours.get("actions"), theirs.get("actions"))) {
			this.deviations.add(Deviation.ACTIONS_LOST);
			ours = ours.deepCopy();
			((ObjectNode) ours).set("actions", theirs.get("actions"));
		}
		compare(event, "", ours, theirs);
	}

	private static boolean actionsLost(JsonNode ours, JsonNode theirs) {
		boolean empty = theirs.valueStream().allMatch((field) -> field.isObject() && field.isEmpty());
		return empty && theirs.size() == 4 && !ours.equals(theirs);
	}

	private void compare(String path, String key, JsonNode ours, JsonNode theirs) {
		if (theirs.isObject() && (theirs.has("$object") || theirs.has("$bytes"))) {
			marker(path, ours, theirs);
		}
		else if (ours.isObject() && theirs.isObject()) {
			objects(path, ours, theirs);
		}
		else if (ours.isArray() && theirs.isArray()) {
			arrays(path, key, ours, theirs);
		}
		else if (!equal(ours, theirs)) {
			Deviation reason = reason(key, ours, theirs);
			note(reason, path + ": " + ours + " instead of " + theirs);
		}
	}

	/** What the view says about values that are no JSON. */
	private void marker(String path, JsonNode ours, JsonNode theirs) {
		if (theirs.has("$bytes")) {
			String standard = ours.asString().replace('-', '+').replace('_', '/');
			note(standard.equals(theirs.get("$bytes").asString()) ? Deviation.BYTES_SHOWN_AS_TEXT : null,
					path + ": other bytes");
		}
		else {
			note(ours.isNull() ? null : Deviation.UNDUMPABLE_VALUE, path + ": nothing instead of " + theirs);
		}
	}

	private void objects(String path, JsonNode ours, JsonNode theirs) {
		for (String key : ours.propertyNames()) {
			if (theirs.has(key)) {
				compare(path + "." + key, key, ours.get(key), theirs.get(key));
			}
			else if (isAlias(key, theirs)) {
				this.deviations.add(Deviation.SCHEME_ALIAS);
				compare(path + "." + key, key, ours.get(key), theirs.get(key + "_"));
			}
			else {
				note(ADDED.get(key), path + "." + key + ": is only in ours: " + ours.get(key));
			}
		}
		for (String key : theirs.propertyNames()) {
			if (!ours.has(key) && !(key.endsWith("_") && ours.has(key.substring(0, key.length() - 1)))) {
				Deviation reason = theirs.get(key).isNull() ? Deviation.EMPTY_FIELD : MISSING.get(key);
				note(reason, path + "." + key + ": is missing: " + theirs.get(key));
			}
		}
	}

	private static boolean isAlias(String key, JsonNode theirs) {
		return (key.equals("type") || key.equals("in")) && theirs.has(key + "_");
	}

	private void arrays(String path, String key, JsonNode ours, JsonNode theirs) {
		if (ours.size() != theirs.size()) {
			note(null, path + ": " + ours.size() + " elements instead of " + theirs.size());
			return;
		}
		String plainKey = key.replaceFirst("^(temp:|x_)", "");
		if (SETS.contains(plainKey) && !ours.equals(theirs)) {
			boolean same = sorted(ours).equals(sorted(theirs));
			note(same ? Deviation.SET_ORDER : null, path + ": other elements");
			return;
		}
		for (int i = 0; i < ours.size(); i++) {
			compare(path + "[" + i + "]", key, ours.get(i), theirs.get(i));
		}
	}

	private static List<String> sorted(JsonNode array) {
		return array.valueStream().map(JsonNode::toString).sorted().toList();
	}

	private static boolean equal(JsonNode ours, JsonNode theirs) {
		if (ours.isNumber() && theirs.isNumber()) {
			return ours.isIntegralNumber() == theirs.isIntegralNumber() ? ours.equals(theirs)
					: ours.decimalValue().compareTo(theirs.decimalValue()) == 0;
		}
		return ours.equals(theirs);
	}

	private static @Nullable Deviation reason(String key, JsonNode ours, JsonNode theirs) {
		if (key.equals("error_message") && theirs.asString().replace('\r', '\n').equals(ours.asString())) {
			return Deviation.LINE_END_OF_DUMP;
		}
		if (isMemberName(ours)) {
			return Deviation.ENUM_BY_NAME;
		}
		if (theirs.isString() && theirs.asString().startsWith("a=")) {
			return Deviation.CODE_OF_MODEL;
		}
		if (key.startsWith("x_byte") && theirs.isString()) {
			return Deviation.BYTES_SHOWN_AS_TEXT;
		}
		boolean text = theirs.isString() && (!ours.isString() || theirs.asString().startsWith("<"));
		return text ? Deviation.TEXT_FOR_OBJECT : null;
	}

	private static boolean isMemberName(JsonNode ours) {
		return ours.isString() ? MEMBER_NAMES.contains(ours.asString())
				: ours.isArray() && ours.valueStream().allMatch(EventComparison::isMemberName) && !ours.isEmpty();
	}

	private void note(@Nullable Deviation deviation, String difference) {
		if (deviation != null) {
			this.deviations.add(deviation);
		}
		else {
			this.unexplained.add(difference);
		}
	}

}
