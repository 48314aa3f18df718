package io.github.adkmigration.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The pickles that {@code src/test/python/make_pickles.py} made with a real CPython and a
 * real adk-python.
 */
final class PickledValues {

	private PickledValues() {
	}

	static List<PickledValue> all() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(PickledValues.class.getResourceAsStream("pickled-values.tsv")),
				StandardCharsets.UTF_8)); Stream<String> lines = reader.lines()) {
			return lines.map((line) -> line.split("\t"))
				.map((columns) -> new PickledValue(columns[0], Integer.parseInt(columns[1]),
						Base64.getDecoder().decode(columns[2]), columns[3]))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("ArrayRecordComponent")
	record PickledValue(String name, int protocol, byte[] pickle, String json) {

		@Override
		public String toString() {
			return this.name + " in protocol " + this.protocol;
		}

	}

}
