package io.github.adkmigration.sample;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.sample.Conversation.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The conversations over HTTP.
 */
@RestController
@RequestMapping("/sessions")
class SessionController {

	private static final int LONGEST_TEXT = 10_000;

	private final Conversations conversations;

	SessionController(Conversations conversations) {
		this.conversations = conversations;
	}

	@GetMapping
	List<Summary> list() {
		return this.conversations.all().stream().map(Summary::of).toList();
	}

	@GetMapping("/{id}")
	Conversation show(@PathVariable String id) {
		return existing(id);
	}

	@PostMapping
	ResponseEntity<Conversation> begin() {
		Conversation conversation = this.conversations.begin();
		return ResponseEntity.created(URI.create("/sessions/" + conversation.id())).body(conversation);
	}

	@PostMapping("/{id}/messages")
	Answer send(@PathVariable String id, @RequestBody Request request) {
		String text = request.text() == null ? "" : request.text().strip();
		if (text.isEmpty() || text.length() > LONGEST_TEXT) {
			throw problem(HttpStatus.BAD_REQUEST, "The message is " + (text.isEmpty() ? "empty" : "too long")
					+ ". Send {\"text\": \"...\"} with 1 to " + LONGEST_TEXT + " characters.");
		}
		List<Message> events = this.conversations.send(existing(id).id(), text);
		return new Answer(events.isEmpty() ? "" : events.get(events.size() - 1).text(), events);
	}

	/** While the application waits for its migration, there are no sessions to be had. */
	@ExceptionHandler
	ErrorResponse refused(MigrationException ex) {
		return ErrorResponse.create(ex, HttpStatus.SERVICE_UNAVAILABLE, ex.description() + " " + ex.action());
	}

	private Conversation existing(String id) {
		return this.conversations.find(id)
			.orElseThrow(() -> problem(HttpStatus.NOT_FOUND,
					"There is no session '" + id + "'. GET /sessions lists those that exist."));
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

	/**
	 * A conversation in a list.
	 *
	 * @param id id of the session
	 * @param title first text
	 * @param events how many events it has
	 * @param updated when it last changed
	 */
	record Summary(String id, String title, int events, Instant updated) {

		private static Summary of(Conversation conversation) {
			return new Summary(conversation.id(), conversation.title(), conversation.events().size(),
					conversation.updated());
		}

	}

	/**
	 * A message of the user.
	 *
	 * @param text what to say
	 */
	record Request(@Nullable String text) {
	}

	/**
	 * What the agent did with a message.
	 *
	 * @param answer what it said last
	 * @param events everything it did and said
	 */
	record Answer(String answer, List<Message> events) {
	}

}
