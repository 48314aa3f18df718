package io.github.adkmigration.session.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.JsonBaseModel;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.events.EventCompaction;
import com.google.adk.events.ToolConfirmation;
import com.google.adk.sessions.State;
import com.google.genai.types.Content;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.FileData;
import com.google.genai.types.Part;
import com.google.genai.types.StringList;
import com.google.genai.types.VideoMetadata;
import io.github.adkmigration.codec.JsonColumn;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.TreeEventEncoder;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The migration of rows that adk-java's pull request 700 wrote, and the session service
 * that goes on with them, must make the same of an event.
 */
class MigratedEventTests {

	private static final TreeEventEncoder MIGRATION = TreeEventEncoder.java(JsonTarget.TEXT);

	@Test
	void eventsOfEveryKindAreEncodedAlike() throws JsonProcessingException {
		List<String> differences = new ArrayList<>();
		int compared = 0;
		for (Fixture fixture : Fixtures.python()) {
			if (!fixture.name().startsWith("python-2.13.0")) {
				continue;
			}
			for (var session : fixture.readback().get("sessions")) {
				for (var event : session.get("events")) {
					ObjectNode data = JsonText.readObject(event.toString(), "the fixture");
					// Java's own form of what it has no type for is not what its users
					// write.
					data.remove("custom_metadata");
					Event read = EventJson.decode(data, data.path("id").asText(), "e-1", Instant.EPOCH);
					differences.addAll(differences(read));
					compared++;
				}
			}
		}
		assertThat(compared).isPositive();
		assertThat(differences).isEmpty();
	}

	@Test
	void whatOnlyJavaWritesIsEncodedAlike() throws JsonProcessingException {
		Event event = Event.builder()
			.id("E1")
			.invocationId("e-1")
			.author("agent")
			.timestamp(1_762_061_400_123L)
			.longRunningToolIds(Set.of("b", "a"))
			.content(Content.fromParts(Part.fromBytes(new byte[] { -1, -2, -3, 62 }, "x/y"),
					Part.builder()
						.fileData(FileData.builder().fileUri("gs://x").build())
						.videoMetadata(VideoMetadata.builder().startOffset(Duration.ofMillis(1500)).build())
						.build()))
			.customMetadata(List.of(CustomMetadata.builder().key("a").stringValue("x").build(),
					CustomMetadata.builder().key("b").numericValue(2f).build(),
					CustomMetadata.builder().key("c").numericValue(0.1f).build(),
					CustomMetadata.builder()
						.key("d")
						.stringListValue(StringList.builder().values(List.of("p")).build())
						.build()))
			.actions(EventActions.builder()
				.stateDelta(Map.of("camelKey", Map.of("innerKey", 1.5), "gone", State.REMOVED))
				.deletedArtifactIds(Set.of("old"))
				.endOfAgent(true)
				.requestedToolConfirmations(Map.of("callId",
						ToolConfirmation.builder().hint("h").confirmed(true).payload(Map.of("pK", 1)).build()))
				.compaction(EventCompaction.builder()
					.startTimestamp(1_762_061_400_123L)
					.endTimestamp(1_762_061_401_000L)
					.compactedContent(Content.fromParts(Part.fromText("t")))
					.build())
				.build())
			.build();
		assertThat(differences(event)).isEmpty();
	}

	/** Pull request 700 stores the event as a map, without what has a column. */
	private static List<String> differences(Event event) throws JsonProcessingException {
		ObjectMapper mapper = JsonBaseModel.getMapper();
		Map<String, Object> map = mapper.convertValue(event, new TypeReference<Map<String, Object>>() {
		});
		map.keySet().removeAll(Set.of("id", "invocationId", "timestamp"));
		Instant instant = Instant.ofEpochMilli(event.timestamp());
		byte[] migrated = MIGRATION
			.encode(event.id(), event.invocationId(), JsonColumn.of(mapper.writeValueAsString(map)),
					event.timestamp() * 1000)
			.json();
		return Meaning.differences(Meaning.of(EventJson.encode(event, instant)),
				Meaning.of(JsonText.readObject(new String(migrated, StandardCharsets.UTF_8), "the migration")));
	}

}
