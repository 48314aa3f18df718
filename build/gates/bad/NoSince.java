package io.github.adkmigration.failure;

/**
 * Nobody knows since when.
 */
public final class NoSince {

	private NoSince() {
	}

}
