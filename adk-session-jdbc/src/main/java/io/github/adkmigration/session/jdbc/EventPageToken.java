package io.github.adkmigration.session.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Base64;

import com.google.adk.sessions.SessionException;

/**
 * Where a page of events ended.
 *
 * @param time what the time column of the last event shows
 * @param id id of the last event
 */
record EventPageToken(LocalDateTime time, String id) {

	String encode() {
		String text = this.time + " " + this.id;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read a token.
	 * @throws SessionException if it is not one of ours
	 */
	static EventPageToken decode(String token) {
		try {
			String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
			int blank = text.indexOf(' ');
			return new EventPageToken(LocalDateTime.parse(text.substring(0, Math.max(blank, 0))),
					text.substring(blank + 1));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new SessionException("The page token is not one that this service returned.", ex);
		}
	}

}
