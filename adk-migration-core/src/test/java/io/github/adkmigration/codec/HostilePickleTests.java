package io.github.adkmigration.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostilePickleTests {

	static List<String> globals() {
		return List.of("os\nsystem", "posix\nsystem", "nt\nsystem", "subprocess\nPopen", "subprocess\ncheck_output",
				"builtins\neval", "builtins\nexec", "builtins\n__import__", "builtins\ncompile", "builtins\nopen",
				"__builtin__\neval", "__builtin__\nexecfile", "importlib\nimport_module", "importlib.util\nfind_spec",
				"runpy\nrun_path", "socket\nsocket", "shutil\nrmtree", "ctypes\nCDLL", "pty\nspawn", "code\ninteract",
				"webbrowser\nopen", "pickle\nloads", "sys\nmodules", "io\nopen", "codecs\nopen", "types\nFunctionType",
				"operator\nattrgetter", "_operator\nmethodcaller", "numpy.testing._private.utils\nrunstring",
				"shop\nos.system", "shop.models\nOrder.__init__.__globals__", "shop\n__builtins__.eval");
	}

	@ParameterizedTest
	@MethodSource("globals")
	void whenAGlobalActsThenTheRowIsHostile(String global) {
		byte[] pickle = ascii("c" + global + "\n(S'x'\ntR.");

		assertHostile(pickle, UnconvertibleReason.HOSTILE);
	}

	@Test
	void whenAGlobalIsUnknownThenItIsData() {
		byte[] pickle = state(ascii("cshop.models\nOrder\n(S'x'\ntR"));

		assertThat(EventRow.plain().actions(pickle).json(JsonTarget.TEXT).at("/actions/state_delta/v").asString())
			.isEqualTo("x");
	}

	@Test
	void whenTheCommandWouldLeaveAFileThenNoneIsLeft(@TempDir Path directory) {
		Path file = directory.resolve("created");
		byte[] pickle = ascii("cos\nsystem\n(S'touch " + file + "'\ntR.");

		assertHostile(pickle, UnconvertibleReason.HOSTILE);

		assertThat(Files.exists(file)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cbuiltins\ngetattr\n(cbuiltins\nobject\nS'__subclasses__'\ntR.",
			"cbuiltins\ngetattr\n(cshop\nmodels\nS'os'\ntR.", "cbuiltins\ngetattr\n(cshop\nmodels\nS'__globals__'\ntR.",
			"cbuiltins\ngetattr\n(cbuiltins\ngetattr\n(cshop\nmodels\nS'x'\ntRS'system'\ntR." })
	void whenAnAttributeLeadsToWhatActsThenTheRowIsHostile(String pickle) {
		assertHostile(ascii(pickle), UnconvertibleReason.HOSTILE);
	}

	@Test
	void whenAnAttributeIsAMemberOfAnEnumThenItIsItsValue() {
		byte[] pickle = state(
				ascii("cbuiltins\ngetattr\n(cgoogle.adk.auth.auth_credential\nAuthCredentialTypes\nS'API_KEY'\ntR"));

		assertThat(EventRow.plain().actions(pickle).json(JsonTarget.TEXT).at("/actions/state_delta/v").asString())
			.isEqualTo("apiKey");
	}

	@Test
	void whenAHostileGlobalIsNeverCalledThenTheRowIsHostileToo() {
		assertHostile(state(ascii("cos\nsystem\n")), UnconvertibleReason.HOSTILE);
	}

	@Test
	void whenALengthIsTwoGigabytesThenNothingIsAllocated() {
		assertHostile(new byte[] { (byte) 0x80, 4, 'B', 0, 0, 0, (byte) 0x80, 'x', '.' },
				UnconvertibleReason.LIMIT_EXCEEDED);
		assertHostile(new byte[] { (byte) 0x80, 4, (byte) 0x8e, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, '.' },
				UnconvertibleReason.LIMIT_EXCEEDED);
		assertHostile(new byte[] { (byte) 0x80, 4, (byte) 0x8b, 0, 0, 0, 0x7f, '.' },
				UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@Test
	void whenAMemoNumberIsHugeThenNothingIsAllocated() {
		assertHostile(new byte[] { (byte) 0x80, 4, 'N', 'r', 0, 0, 0, 0x7f, '.' }, UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "]", "(l", "}S'k'\n" })
	void whenValuesAreTenThousandDeepThenTheStackHolds(String opening) {
		String closing = opening.equals("}S'k'\n") ? "s" : "a";
		byte[] pickle = state(ascii(opening.repeat(10_000) + "N" + closing.repeat(10_000)));

		assertHostile(pickle, UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@Test
	void whenTuplesOrObjectsAreTenThousandDeepThenTheStackHolds() {
		assertHostile(state(ascii("(".repeat(10_000) + "N" + "t".repeat(10_000))), UnconvertibleReason.LIMIT_EXCEEDED);
		assertHostile(state(ascii("cshop\nBox\n(".repeat(10_000) + "N" + "tR".repeat(10_000))),
				UnconvertibleReason.LIMIT_EXCEEDED);
		assertHostile(
				state(ascii("ccopyreg\n_reconstructor\n(cshop\nBox\nN".repeat(10_000) + "N" + "tR".repeat(10_000))),
				UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@Test
	void whenAKeyIsTenThousandDeepThenTheStackHolds() {
		byte[] pickle = state(ascii("}" + "(".repeat(10_000) + "N" + "t".repeat(10_000) + "Ns"));

		assertThat(EventRow.plain().actions(pickle).json(JsonTarget.TEXT).at("/actions/state_delta/v").isObject())
			.isTrue();
	}

	@Test
	void whenValuesAreFourHundredDeepThenTheRowIsConverted() {
		byte[] pickle = state(ascii("]".repeat(400) + "N" + "a".repeat(400)));

		assertThat(EventRow.plain().actions(pickle).encode(JsonTarget.TEXT).json()).asString()
			.contains("[".repeat(400) + "null");
	}

	@Test
	void whenReferencesMultiplyThenTheOutputIsBounded() {
		StringBuilder pickle = new StringBuilder("](S'lol'\nS'lol'\nep0\n0");
		for (int i = 0; i < 60; i++) {
			pickle.append("](").append(("g" + i + "\n").repeat(10)).append("ep").append(i + 1).append("\n0");
		}
		pickle.append("g60\n");
		assertHostile(state(ascii(pickle.toString())), UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@Test
	void whenReferencesToWhatIsNotWrittenMultiplyThenTheWorkIsBounded() {
		String model = "ccopyreg\n_reconstructor\n(cshop\nM\ncbuiltins\nobject\nNtR(dS'__fields_set__'\n]sS'__dict__'\n(d"
				+ nones(2000) + "sbp0\n";
		String lists = "](" + "g0\n".repeat(5000) + "ep1\n0](" + "g1\n".repeat(5000) + "e";

		assertHostile(state(ascii(model + "0" + lists)), UnconvertibleReason.LIMIT_EXCEEDED);
	}

	private static String nones(int count) {
		StringBuilder entries = new StringBuilder();
		for (int i = 0; i < count; i++) {
			entries.append("S'").append(i).append("'\nNs");
		}
		return entries.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "]p0\ng0\na", "]p0\n}p1\nS'k'\ng0\nsa", "]p0\ng0\nag0\na" })
	void whenAValueContainsItselfThenTheRowIsRefused(String recursive) {
		assertThatExceptionOfType(UnconvertibleEventException.class)
			.isThrownBy(() -> EventRow.plain().actions(state(ascii(recursive))).encode(JsonTarget.TEXT))
			.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(UnconvertibleReason.RECURSIVE_VALUE));
	}

	@Test
	void whenThereAreMillionsOfValuesThenMemoryIsBounded() {
		byte[] pickle = new byte[20_000_000];
		Arrays.fill(pickle, (byte) ']');
		pickle[0] = (byte) 0x80;
		pickle[1] = 4;

		assertHostile(pickle, UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@Test
	void messagesHoldNoContent() {
		byte[] pickle = ascii("cos\nsystem\n(S'top secret'\ntR.");

		assertThatExceptionOfType(UnconvertibleEventException.class)
			.isThrownBy(() -> EventRow.plain().actions(pickle).encode(JsonTarget.TEXT))
			.withMessageContaining("os.system")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("secret"));
	}

	private static void assertHostile(byte[] pickle, UnconvertibleReason reason) {
		assertThatExceptionOfType(UnconvertibleEventException.class)
			.isThrownBy(() -> EventRow.plain().actions(pickle).encode(JsonTarget.BINARY))
			.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(reason))
			.satisfies((failure) -> assertThat(failure.hostile()).isTrue());
	}

	/** A pickled dict of actions whose state delta has one value. */
	private static byte[] state(byte[] value) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			out.write(ascii("(dS'state_delta'\n(dS'v'\n"));
			out.write(value);
			out.write(ascii("ss."));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return out.toByteArray();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
