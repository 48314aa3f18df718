package io.github.adkmigration.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The agent dies in the middle of a conversation.
 */
class KilledAgentTests {

	private static final Pattern PORT = Pattern.compile("started on port (\\d+)");

	@TempDir
	private Path directory;

	@Test
	void conversationGoesOnWhereTheKilledAgentStopped() throws Exception {
		Path file = this.directory.resolve("sessions.db");
		String session;
		JsonNode answer;
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(),
				List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName(),
						"--sample.database=" + file, "--server.port=0", "--sample.gemini-api-key="))) {
			assertThat(jvm.says("Started SampleApplication")).as(jvm.output()).isTrue();
			Matcher port = PORT.matcher(jvm.output());
			assertThat(port.find()).isTrue();
			String sessions = "http://localhost:" + port.group(1) + "/sessions";
			session = post(sessions, "").path("id").asString();
			post(sessions + "/" + session + "/messages", "{\"text\": \"Roll a die.\"}");
			answer = post(sessions + "/" + session + "/messages", "{\"text\": \"Roll another.\"}");
			jvm.close();
			assertThat(jvm.exitCode()).isNotZero();
		}
		try (RunningSample again = RunningSample.onFile(file)) {
			JsonNode found = again.get("/sessions/" + session);
			assertThat(answer.path("events")).isNotEmpty();
			assertThat(found.path("events").valueStream()).containsAll(answer.path("events").valueStream().toList());
			int before = found.path("events").size();
			again.say(session, "What numbers did I get?");
			assertThat(again.get("/sessions/" + session).path("events").size()).isGreaterThan(before);
		}
	}

	private static JsonNode post(String url, String json) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build();
		return JsonMapper.shared().readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
	}

}
