package io.github.adkmigration;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

class ForeignAssertionsTests {

	@Test
	void assertsWithoutAssertJ() {
		assertTrue(true);
	}

}
