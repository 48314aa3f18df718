package io.github.adkmigration.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must not be read anywhere.
 */
class SecretsTests {

	private final Secrets secrets = new Secrets();

	@ParameterizedTest
	@CsvSource({ "postgresql://u:p@ss/w@db/chat is down, postgresql://***@db/chat is down",
			"jdbc:mysql://db/chat?password=abc&x=1, jdbc:mysql://db/chat?password=***&x=1",
			"jdbc:h2:x;sslpassword=abc;trustStorePassword=def, jdbc:h2:x;sslpassword=***;trustStorePassword=***",
			"--password-env=VAR, --password-env=VAR", "see https://host/page, see https://host/page" })
	void whateverStandsWhereAUrlHasItsCredentialsIsMasked(String text, String masked) {
		assertThat(this.secrets.mask(text)).isEqualTo(masked);
	}

	@Test
	void aPasswordIsMaskedWhereverItStands() {
		this.secrets.add("hunter22");
		assertThat(this.secrets.mask("FATAL: wrong 'hunter22' (hunter22x)")).isEqualTo("FATAL: wrong '***' (***x)");
	}

	@Test
	void aShortPasswordIsMaskedAsAWord() {
		this.secrets.add("it");
		assertThat(this.secrets.mask("the key it is with it.")).isEqualTo("the key *** is with ***.");
	}

	@Test
	void theLongerOfTwoPasswordsIsMaskedAsAWhole() {
		this.secrets.add("abcd");
		this.secrets.add("abcdefgh");
		assertThat(this.secrets.mask("abcdefgh")).isEqualTo("***");
	}

	@Test
	void aStreamMasksWhatIsWrittenInPieces() {
		this.secrets.add("hunter22");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		PrintStream out = MaskedOutput.over(bytes, this.secrets);
		for (byte character : "a hunter22\n".getBytes(StandardCharsets.UTF_8)) {
			out.write(character);
		}
		assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a ***\n");
	}

}
