package io.github.adkmigration.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Our session service, asked over standard input and answering over standard output, a
 * JSON document a line. The database servers that it starts end with it.
 */
final class JavaPeer {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final TypeReference<Map<String, Object>> STATE = new TypeReference<>() {
	};

	private static final TypeReference<List<List<String>>> KEYS = new TypeReference<>() {
	};

	/** Open until the process ends: what is closed is dropped. */
	private final List<TestDatabase> databases = new ArrayList<>();

	private JavaPeer() {
	}

	/**
	 * Answer until standard input ends.
	 * @param arguments none
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		JavaPeer peer = new JavaPeer();
		try (BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String line = requests.readLine(); line != null; line = requests.readLine()) {
				answers.println(JSON.writeValueAsString(peer.answer(JSON.readTree(line))));
			}
		}
		// RxJava's threads need not end, and the servers end with the process.
		System.exit(0);
	}

	private ObjectNode answer(JsonNode request) {
		ObjectNode answer = JSON.createObjectNode();
		try {
			return answer.set("result", JSON.valueToTree(carryOut(request)));
		}
		catch (Exception ex) {
			// Whatever happens is an answer, too.
			ex.printStackTrace();
			return answer.put("failure", ex.toString());
		}
	}

	private Object carryOut(JsonNode request) throws SQLException, IOException {
		String verb = request.path("verb").asText();
		if (verb.equals("database")) {
			return newDatabase(request.path("name").asText());
		}
		if (verb.equals("fixtures")) {
			return OtherWriters.fixtures();
		}
		if (verb.equals("load")) {
			return OtherWriters.load(request.path("fixture").asText(), request.path("jdbc").asText(), this.databases);
		}
		Conversations conversations = new Conversations(request.path("jdbc").asText(), request.path("login").asText());
		String user = request.path("user").asText();
		String session = request.path("session").asText();
		return switch (verb) {
			case "read" -> conversations.read(JSON.convertValue(request.path("users"), String[].class));
			case "sessions" -> conversations.sessions(JSON.convertValue(request.path("keys"), KEYS));
			case "create" -> conversations.create(user, session, JSON.convertValue(request.path("state"), STATE));
			case "echo" -> conversations.echo(user, session, request.path("to").asText());
			case "append" ->
				conversations.append(user, session, request.path("prefix").asText(), request.path("count").asInt());
			case "delete" -> conversations.delete(user, session);
			case "events" -> conversations.countEvents(session);
			case "catalog" -> conversations.catalog();
			default -> throw new IllegalArgumentException("There is no verb '" + verb + "'.");
		};
	}

	private Map<String, String> newDatabase(String name) {
		TestDatabase database = TestDatabases.named(name).newDatabase();
		this.databases.add(database);
		return Map.of("jdbc", database.jdbcUrl(), "login", database.username() + ":" + database.password());
	}

}
