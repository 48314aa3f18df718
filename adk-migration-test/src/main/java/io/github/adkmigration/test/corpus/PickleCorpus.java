package io.github.adkmigration.test.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.adkmigration.test.fixture.PackedFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pickled EventActions of every field and nested type, in protocols 2 to 5, made by a
 * real CPython and a real google-adk, and pickles that attack their reader.
 *
 * @since 0.1.0
 */
public final class PickleCorpus {

	/**
	 * The file that hostile pickles try to create in the working directory.
	 */
	public static final String MARKER = "adk-hostile-marker";

	/** The release without tool confirmations, compaction, agent state and rewinding. */
	static final String OLD_RELEASE = "1.0.0";

	/** The last release that wrote V0 alone. */
	static final String NEW_RELEASE = "1.21.0";

	private static final String HOSTILE = "hostile";

	private static final Pattern FILE = Pattern.compile("([^/]+)/(.+?)(?:\\.p([2-5]))?\\.pickle");

	/** A state holds an integer of more digits than Jackson reads by default. */
	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(10_000).build())
			.build())
		.build();

	private static final List<PickleEntry> ALL = read();

	private static final List<PickleEntry> TYPICAL_OLD = typicalOf(OLD_RELEASE);

	private static final List<PickleEntry> TYPICAL_NEW = typicalOf(NEW_RELEASE);

	private PickleCorpus() {
	}

	/**
	 * Return every pickle.
	 * @return the genuine ones of both releases and the hostile ones
	 */
	public static List<PickleEntry> entries() {
		return ALL;
	}

	/**
	 * Return the pickles of the releases.
	 * @return all but the hostile ones
	 */
	public static List<PickleEntry> genuine() {
		return ALL.stream().filter((entry) -> entry.verdict() != PickleVerdict.HOSTILE).toList();
	}

	/**
	 * Return the pickles that attack their reader or are damaged.
	 * @return hand-made ones, and objects of a real pickler that call something
	 */
	public static List<PickleEntry> hostile() {
		return ALL.stream().filter((entry) -> entry.verdict() == PickleVerdict.HOSTILE).toList();
	}

	/**
	 * Find a pickle.
	 * @param release {@code 1.0.0}, {@code 1.21.0} or {@code hostile}
	 * @param name its name
	 * @param protocol its protocol, 0 for a hostile one
	 * @return the pickle
	 * @throws IllegalArgumentException if there is none
	 */
	public static PickleEntry named(String release, String name, int protocol) {
		return ALL.stream()
			.filter((entry) -> entry.release().equals(release) && entry.name().equals(name)
					&& entry.protocol() == protocol)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no pickle '" + release + "/" + name + ".p" + protocol + "'."));
	}

	/**
	 * Cut a pickle after each of its bytes but the last.
	 * @param entry the pickle
	 * @return every proper prefix, the empty one first; none of them is a valid pickle
	 */
	public static Stream<byte[]> truncations(PickleEntry entry) {
		return IntStream.range(0, entry.bytes().length).mapToObj((length) -> Arrays.copyOf(entry.bytes(), length));
	}

	/**
	 * Return what most events of an application hold.
	 * @param newActions whether by the release that had all fields
	 * @return small pickles of protocol 5
	 */
	static List<PickleEntry> typical(boolean newActions) {
		return newActions ? TYPICAL_NEW : TYPICAL_OLD;
	}

	private static List<PickleEntry> typicalOf(String release) {
		return ALL.stream()
			.filter((entry) -> entry.release().equals(release) && entry.name().startsWith("typical-"))
			.toList();
	}

	private static List<PickleEntry> read() {
		Map<String, byte[]> files = new PackedFiles(PickleCorpus.class, "pickles.tar.xz").files();
		List<PickleEntry> entries = new ArrayList<>();
		files.forEach((path, bytes) -> {
			Matcher file = FILE.matcher(path);
			if (file.matches()) {
				String release = file.group(1);
				entries.add(release.equals(HOSTILE)
						? new PickleEntry(file.group(2), HOSTILE, 0, bytes, PickleVerdict.HOSTILE, null, "")
						: genuine(release, file.group(2), Integer.parseInt(file.group(3)), bytes,
								files.get(release + "/" + file.group(2) + ".json")));
			}
		});
		return List.copyOf(entries);
	}

	private static PickleEntry genuine(String release, String name, int protocol, byte[] bytes,
			byte @Nullable [] json) {
		if (json == null) {
			throw new IllegalStateException("The pickle " + release + "/" + name + " has no expected JSON.");
		}
		JsonNode expected = JSON.readTree(new String(json, StandardCharsets.UTF_8));
		JsonNode verdict = expected.get("$verdict");
		if (verdict == null) {
			return new PickleEntry(name, release, protocol, bytes, PickleVerdict.READABLE, expected, "");
		}
		return new PickleEntry(name, release, protocol, bytes, PickleVerdict.valueOf(verdict.asString()),
				expected.get("json"), expected.get("reason").asString());
	}

}
