package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.adkmigration.codec.PickledValues.PickledValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the bytes are, either the row is converted or a verdict comes out, nothing
 * else.
 */
class DamagedPickleTests {

	private static final long SEED = 20_251_102;

	private static final int SMALL = 1_000;

	private final V0EventEncoder encoder = new V0EventEncoder(JsonTarget.BINARY);

	private int converted;

	private int refused;

	@Test
	void randomBytesEndInAVerdict() {
		Random random = new Random(SEED);
		for (int i = 0; i < 10_000; i++) {
			byte[] bytes = new byte[1 + random.nextInt(400)];
			random.nextBytes(bytes);
			if (i % 2 == 0) {
				bytes[0] = (byte) 0x80;
			}
			encode(bytes);
		}
		assertThat(this.refused).isGreaterThan(9_900);
	}

	@Test
	void randomOpcodesEndInAVerdict() {
		String opcodes = "(.012FGIJKLMNSTUVXabcdeghijlopqrstu)]}\u0081\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008f\u0090\u0091\u0092\u0093\u0094";
		Random random = new Random(SEED);
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[2 + random.nextInt(60)];
			for (int j = 0; j < bytes.length - 1; j++) {
				bytes[j] = (byte) (random.nextInt(8) == 0 ? random.nextInt(4)
						: opcodes.charAt(random.nextInt(opcodes.length())));
			}
			bytes[bytes.length - 1] = '.';
			encode(bytes);
		}
		assertThat(this.converted + this.refused).isEqualTo(50_000);
	}

	@Test
	void everyPickleCutAtEveryByteIsRefused() {
		for (PickledValue value : smallPickles()) {
			for (int length = 0; length < value.pickle().length; length++) {
				encode(Arrays.copyOf(value.pickle(), length));
			}
		}
		assertThat(this.refused).isGreaterThan(50_000);
		assertThat(this.converted).isZero();
	}

	@Test
	void everyPickleWithAFlippedBitEndsInAVerdict() {
		Random random = new Random(SEED);
		for (PickledValue value : smallPickles()) {
			for (int i = 0; i < value.pickle().length; i++) {
				byte[] flipped = value.pickle().clone();
				flipped[i] ^= (byte) (1 << random.nextInt(8));
				encode(flipped);
			}
		}
		assertThat(this.refused).isGreaterThan(10_000);
		assertThat(this.converted).isGreaterThan(10_000);
	}

	private static List<PickledValue> smallPickles() {
		return PickledValues.all()
			.stream()
			.filter((value) -> value.protocol() % 2 == 0 && value.pickle().length < SMALL)
			.toList();
	}

	private void encode(byte[] pickle) {
		try {
			this.encoder.encode(EventRow.plain().actions(pickle).build(), EventRow.INSTANT);
			this.converted++;
		}
		catch (UnconvertibleEventException ex) {
			this.refused++;
		}
	}

}
