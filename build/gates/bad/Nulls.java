package io.github.adkmigration.failure;

import java.time.LocalDateTime;
import java.util.Map;

final class Nulls {

	private Nulls() {
	}

	static int dereferences(Map<String, String> map) {
		return map.get("absent").length();
	}

	static String returns() {
		return null;
	}

	static LocalDateTime ignores() {
		int unread = 1;
		" ".trim();
		return LocalDateTime.now();
	}

}
