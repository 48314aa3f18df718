package io.github.adkmigration.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@JdbcTest(properties = { "adk.auto-migrate=true", "spring.liquibase.enabled=false", "spring.flyway.enabled=false" })
class JdbcTestSliceTests {

	private final JdbcTemplate jdbcTemplate;

	JdbcTestSliceTests(@Autowired JdbcTemplate jdbcTemplate) {
		this.jdbcTemplate = jdbcTemplate;
	}

	@Test
	void theSliceOfJdbcMigratesToo() {
		assertThat(this.jdbcTemplate.queryForList("SELECT id FROM sessions")).isEmpty();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
