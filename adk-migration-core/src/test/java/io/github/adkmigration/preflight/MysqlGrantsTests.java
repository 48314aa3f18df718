package io.github.adkmigration.preflight;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MysqlGrantsTests {

	@ParameterizedTest
	@ValueSource(strings = { "GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION",
			"GRANT SELECT, LOCK TABLES, ALTER ON `chat`.* TO `u`@`%`", "GRANT ALTER ON `ch%`.* TO `u`@`%`",
			"GRANT ALTER ON `chat`.`events` TO `u`@`%`", "GRANT alter ON `CHAT`.`Events` TO `u`@`%`",
			"GRANT SELECT (`a`, `b`), ALTER ON `c_at`.* TO `u`@`localhost` IDENTIFIED BY PASSWORD '*AB'" })
	void aRightIsGrantedGloballyForADatabaseOrForATable(String line) {
		assertThat(gives("ALTER", line)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GRANT USAGE ON *.* TO `u`@`%`", "GRANT SELECT, INSERT ON `chat`.* TO `u`@`%`",
			"GRANT ALL PRIVILEGES ON `cha\\_`.* TO `u`@`%`", "GRANT ALL PRIVILEGES ON `other`.* TO `u`@`%`",
			"GRANT ALTER ON `chat`.`sessions` TO `u`@`%`", "GRANT ALTER ROUTINE ON `chat`.* TO `u`@`%`",
			"GRANT `admin`@`%`,`dba`@`%` TO `u`@`%`", "GRANT PROXY ON ``@`` TO `u`@`%` WITH GRANT OPTION",
			"GRANT EXECUTE ON PROCEDURE `chat`.`p` TO `u`@`%`", "SET DEFAULT ROLE `admin` FOR `u`@`%`" })
	void whatIsGrantedOfSomethingElseIsNotTheRight(String line) {
		assertThat(gives("ALTER", line)).isFalse();
	}

	@Test
	void aPartialRevokeTakesAGlobalRightAway() {
		String everything = "GRANT SELECT, ALTER ON *.* TO `u`@`%`";
		assertThat(gives("ALTER", everything, "REVOKE ALTER ON `chat`.* FROM `u`@`%`")).isFalse();
		assertThat(gives("SELECT", everything, "REVOKE ALTER ON `chat`.* FROM `u`@`%`")).isTrue();
		assertThat(gives("ALTER", everything, "REVOKE ALTER ON `other`.* FROM `u`@`%`")).isTrue();
	}

	@Test
	void aRightForSomeColumnsCounts() {
		assertThat(gives("SELECT", "GRANT SELECT (`id`, `state`), INSERT ON `chat`.`events` TO `u`@`%`")).isTrue();
		assertThat(gives("INSERT", "GRANT SELECT (`id`, `state`), INSERT ON `chat`.`events` TO `u`@`%`")).isTrue();
	}

	@Test
	void oneLineThatIsNotUnderstoodAndNothingIsSaid() {
		assertThat(MysqlGrants.parse(List.of("GRANT USAGE ON *.* TO `u`@`%`", "GRANT \"x\" ON \"chat\".* TO \"u\"")))
			.isEmpty();
	}

	private static boolean gives(String right, String... lines) {
		return MysqlGrants.parse(List.of(lines)).orElseThrow().gives(right, "chat", "events");
	}

}
