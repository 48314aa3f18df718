package io.github.adkmigration.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each field of a model that an event holds, with values of all kinds in its place: a row
 * is converted exactly if a real adk-python 2.13.0 reads it. What it takes was written
 * down by {@code src/test/python/make_accepted_values.py}.
 */
class AcceptedValueTests {

	private static final int FIRST_VALUE = 2;

	@Test
	void columnsHoldExactlyWhatPythonReads() {
		V0EventEncoder encoder = new V0EventEncoder(JsonTarget.TEXT);
		compare((value) -> encoder.encode(EventRow.plain().column(value.column(), value.json()).build(), 0));
	}

	@Test
	void columnsOfGoHoldExactlyWhatPythonReads() {
		GoEventEncoder encoder = new GoEventEncoder(JsonTarget.TEXT);
		EventRow row = EventRow.plain().actions("{}".getBytes(StandardCharsets.UTF_8));
		compare((value) -> encoder
			.encode(new GoEvent(row.column(value.column(), value.json()).build(), null, null, null, null, null), 0));
	}

	@Test
	void documentsHoldExactlyWhatPythonReads() {
		V1EventEncoder encoder = new V1EventEncoder(JsonTarget.TEXT);
		compare((value) -> encoder
			.checkedSeconds("{\"author\":\"a\",\"" + value.column() + "\":" + value.json() + "}"));
	}

	private static void compare(Consumer<Value> conversion) {
		List<String> differences = new ArrayList<>();
		int refused = 0;
		for (Value value : values()) {
			String failure = "";
			try {
				conversion.accept(value);
			}
			catch (UnconvertibleEventException ex) {
				failure = String.valueOf(ex.getMessage());
				refused++;
			}
			if (failure.isEmpty() != value.accepted()) {
				differences.add(value.column() + " " + value.json() + ": " + failure);
			}
		}
		assertThat(differences).isEmpty();
		assertThat(refused).isGreaterThan(1000);
	}

	private static List<Value> values() {
		List<Value> values = new ArrayList<>();
		List<String[]> lines = lines().stream()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("\t"))
			.toList();
		String[] kinds = lines.get(0);
		for (String[] line : lines.subList(1, lines.size())) {
			for (int i = FIRST_VALUE; i < kinds.length; i++) {
				values.add(new Value(line[0], line[1].replace("$", kinds[i]), line[2].charAt(i - FIRST_VALUE) == '1'));
			}
		}
		return values;
	}

	private static List<String> lines() {
		try (InputStream stream = AcceptedValueTests.class.getResourceAsStream("accepted-values.tsv")) {
			return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Value(String column, String json, boolean accepted) {
	}

}
