package io.github.adkmigration.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.report.Difference;

/**
 * Rows that share one fault: how many there are, and the keys of the first few. Never
 * anything else of a row.
 */
final class Finding {

	private static final int EXAMPLES = 5;

	private final String subject;

	private final String expected;

	private final List<String> examples = new ArrayList<>();

	private long count;

	Finding(String subject, String expected) {
		this.subject = subject;
		this.expected = expected;
	}

	void add(List<String> key) {
		if (this.count++ < EXAMPLES) {
			this.examples.add("(" + String.join(", ", key) + ")");
		}
	}

	long count() {
		return this.count;
	}

	Optional<Difference> difference() {
		if (this.count == 0) {
			return Optional.empty();
		}
		String more = this.count > EXAMPLES ? ", ..." : "";
		return Optional.of(new Difference(this.subject, this.expected, this.count + (this.count == 1 ? " row" : " rows")
				+ " without it: " + String.join(", ", this.examples) + more));
	}

}
