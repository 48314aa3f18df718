package io.github.adkmigration.misplaced;

final class Misplaced {

	private Misplaced() {
	}

}
