package io.github.adkmigration.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.adk.runner.Runner;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.SessionKey;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.github.adkmigration.sample.Conversation.Message;

import org.springframework.stereotype.Service;

/**
 * The conversations of the one user of this sample.
 */
@Service
class Conversations {

	private final Runner runner;

	private final BaseSessionService sessions;

	private final SampleProperties properties;

	Conversations(Runner runner, BaseSessionService sessions, SampleProperties properties) {
		this.runner = runner;
		this.sessions = sessions;
		this.properties = properties;
	}

	/**
	 * Return all conversations, the newest first.
	 */
	List<Conversation> all() {
		return this.sessions.listSessions(this.properties.appName(), this.properties.userId())
			.blockingGet()
			.sessionIds()
			.stream()
			.flatMap((id) -> find(id).stream())
			.toList();
	}

	Optional<Conversation> find(String id) {
		return this.sessions.getSession(key(id), GetSessionConfig.builder().build())
			.map(Conversation::of)
			.map(Optional::of)
			.blockingGet(Optional.empty());
	}

	Conversation begin() {
		return Conversation
			.of(this.sessions.createSession(this.properties.appName(), this.properties.userId(), Map.of(), null)
				.blockingGet());
	}

	/**
	 * Let the agent answer.
	 * @param id id of a conversation that exists
	 * @param text what the user says
	 * @return what the agent did and said
	 */
	List<Message> send(String id, String text) {
		return this.runner.runAsync(key(id), Content.fromParts(Part.fromText(text)))
			.map(Message::of)
			.toList()
			.blockingGet();
	}

	private SessionKey key(String id) {
		return new SessionKey(this.properties.appName(), this.properties.userId(), id);
	}

}
