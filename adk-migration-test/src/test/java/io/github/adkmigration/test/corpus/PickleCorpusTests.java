package io.github.adkmigration.test.corpus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PickleCorpusTests {

	@Test
	void everyObjectButTheTypicalOnesIsThereInProtocols2To5() {
		var protocols = PickleCorpus.genuine()
			.stream()
			.filter((entry) -> !entry.name().startsWith("typical-") && !entry.name().endsWith("-optimized"))
			.collect(Collectors.groupingBy((entry) -> entry.release() + "/" + entry.name(),
					Collectors.mapping(PickleEntry::protocol, Collectors.toList())));
		assertThat(protocols).hasSizeGreaterThan(200)
			.allSatisfy((name, found) -> assertThat(found).containsExactly(2, 3, 4, 5));
	}

	@Test
	void everyPickleOfAReleaseStartsWithItsProtocolAndNamesItsClass() {
		assertThat(PickleCorpus.genuine()).allSatisfy((entry) -> {
			assertThat(entry.bytes()).startsWith(0x80, entry.protocol());
			assertThat(new String(entry.bytes(), StandardCharsets.ISO_8859_1)).contains("EventActions");
		});
	}

	@Test
	void theNewReleasePickledEveryFieldAndTheOldOneThoseItHad() {
		assertThat(fields(PickleCorpus.NEW_RELEASE)).containsExactlyInAnyOrder("skip_summarization", "state_delta",
				"artifact_delta", "transfer_to_agent", "escalate", "requested_auth_configs",
				"requested_tool_confirmations", "compaction", "end_of_agent", "agent_state",
				"rewind_before_invocation_id");
		assertThat(fields(PickleCorpus.OLD_RELEASE)).containsExactlyInAnyOrder("skip_summarization", "state_delta",
				"artifact_delta", "transfer_to_agent", "escalate", "requested_auth_configs");
	}

	@Test
	void oneStateHasAMegabyte() {
		assertThat(PickleCorpus.named(PickleCorpus.NEW_RELEASE, "state-of-one-megabyte", 5).bytes())
			.hasSizeGreaterThan(1_000_000);
	}

	@Test
	void objectsWithoutJsonSayWhy() {
		assertThat(PickleCorpus.genuine()).filteredOn((entry) -> entry.verdict() == PickleVerdict.UNDUMPABLE)
			.isNotEmpty()
			.allSatisfy((entry) -> {
				assertThat(entry.expectedJson()).isEmpty();
				assertThat(entry.reason()).isNotEmpty();
			});
		assertThat(PickleCorpus.genuine()).filteredOn((entry) -> entry.verdict() == PickleVerdict.READABLE)
			.allSatisfy((entry) -> assertThat(entry.expectedJson()).isPresent());
	}

	@Test
	void everyKindOfAttackIsThere() {
		assertThat(PickleCorpus.hostile()).extracting(PickleEntry::name)
			.contains("call-os.system-global", "call-posix.system-stack-global", "call-nt.system-inst",
					"call-builtins.eval-global", "inside-state-delta-p4", "length-binbytes8-2-to-63", "deep-lists",
					"laughs-lists", "recursive-state")
			.hasSizeGreaterThan(400);
	}

	@Test
	void everyProperPrefixIsATruncation() {
		PickleEntry entry = PickleCorpus.named(PickleCorpus.NEW_RELEASE, "escalate", 4);
		List<byte[]> truncations = PickleCorpus.truncations(entry).toList();
		assertThat(truncations).hasSize(entry.bytes().length);
		assertThat(truncations.get(0)).isEmpty();
		assertThat(entry.bytes()).startsWith(truncations.get(truncations.size() - 1));
	}

	private static List<String> fields(String release) {
		return List.copyOf(PickleCorpus.named(release, "all-fields", 5).expectedJson().orElseThrow().propertyNames());
	}

}
