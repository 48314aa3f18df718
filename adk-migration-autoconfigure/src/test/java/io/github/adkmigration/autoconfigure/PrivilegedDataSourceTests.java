package io.github.adkmigration.autoconfigure;

import java.sql.Connection;

import javax.sql.DataSource;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.h2.Driver;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PrivilegedDataSourceTests {

	private final AdkMigrationProperties properties = new AdkMigrationProperties();

	@Test
	void whenNothingIsSaidThenItIsTheApplications() {
		DataSource application = new DriverManagerDataSource();
		this.properties.setUser("");
		assertThat(PrivilegedDataSource.of(this.properties, application, false)).isSameAs(application);
	}

	@Test
	void whenOnlyTheUserIsSaidThenTheRestIsTheApplications() {
		SimpleDriverDataSource application = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:chat", "agent",
				"agents-password");
		this.properties.setUser("owner");
		this.properties.setPassword("owners-password");
		assertThat(PrivilegedDataSource.of(this.properties, application, false))
			.isInstanceOfSatisfying(SimpleDriverDataSource.class, (privileged) -> {
				assertThat(privileged.getUrl()).isEqualTo("jdbc:h2:mem:chat");
				assertThat(privileged.getUsername()).isEqualTo("owner");
				assertThat(privileged.getPassword()).isEqualTo("owners-password");
			});
		assertThat(application.getUsername()).isEqualTo("agent");
	}

	@Test
	void whenNothingCanBeDerivedThenTheFailureSaysWhatToSet() {
		this.properties.setUser("owner");
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> PrivilegedDataSource.of(this.properties, new UnknownDataSource(), false))
			.matches((ex) -> ex.code() == MigrationErrorCode.INVALID_SETTING)
			.withMessageContaining(UnknownDataSource.class.getName())
			.withMessageContaining("Set adk.migration.url, adk.migration.user and adk.migration.password, all three.");
	}

	private static final class UnknownDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Connection getConnection(String username, String password) {
			throw new UnsupportedOperationException();
		}

	}

}
