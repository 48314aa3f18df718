package io.github.adkmigration;

import org.junit.jupiter.api.Test;

class NullsTests {

	@Test
	void passesNull() {
		take(null);
	}

	private static void take(String value) {
		System.setProperty("gate", value);
	}

}
