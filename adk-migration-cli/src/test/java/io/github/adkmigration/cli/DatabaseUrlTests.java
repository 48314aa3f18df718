package io.github.adkmigration.cli;

import java.nio.file.Path;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * URLs as people have them in their secrets, and what the drivers get.
 */
class DatabaseUrlTests {

	private static final String SECRET = "s3cr3t-9d1f";

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"postgresql://u:p@db/chat                        | jdbc:postgresql://db/chat                          | u | p",
			"postgres://u:p@db:5433/chat                     | jdbc:postgresql://db:5433/chat                     | u | p",
			"postgresql+asyncpg://u:p@db/chat                | jdbc:postgresql://db/chat                          | u | p",
			"postgresql+psycopg://u:p@db/chat                | jdbc:postgresql://db/chat                          | u | p",
			"postgresql+psycopg2://u@db/chat                 | jdbc:postgresql://db/chat                          | u | -",
			"POSTGRESQL+pg8000://u:p@db/chat                 | jdbc:postgresql://db/chat                          | u | p",
			"postgresql+asyncpg://u:p%40ss%2Fw%25@db/chat    | jdbc:postgresql://db/chat                          | u | p@ss/w%",
			"postgresql://u:p@ss@db/chat                     | jdbc:postgresql://db/chat                          | u | p@ss",
			"postgresql://u:a/b@db/chat                      | jdbc:postgresql://db/chat                          | u | a/b",
			"postgresql://u:a+b@db/chat                      | jdbc:postgresql://db/chat                          | u | a+b",
			"postgresql://u:100%@db/chat                     | jdbc:postgresql://db/chat                          | u | 100%",
			"postgresql://project%3Auser:p@db/chat           | jdbc:postgresql://db/chat                          | project:user | p",
			"postgresql://u:p@[2001:db8::1]:5432/chat        | jdbc:postgresql://[2001:db8::1]:5432/chat          | u | p",
			"postgresql://u:p@db1:5432,db2:5432/chat         | jdbc:postgresql://db1:5432,db2:5432/chat           | u | p",
			"postgresql://db/chat                            | jdbc:postgresql://db/chat                          | - | -",
			"postgresql:///chat                              | jdbc:postgresql://localhost/chat                   | - | -",
			"postgresql:///chat?host=db&port=5433&user=u&password=p | jdbc:postgresql://db:5433/chat              | u | p",
			"postgresql+asyncpg://u:p@db/chat?ssl=require    | jdbc:postgresql://db/chat?sslmode=require          | u | p",
			"postgresql+asyncpg://u:p@db/chat?ssl=true       | jdbc:postgresql://db/chat?sslmode=require          | u | p",
			"postgresql://u:p@db/chat?sslmode=verify-full&sslrootcert=/ca.pem | jdbc:postgresql://db/chat?sslmode=verify-full&sslrootcert=%2Fca.pem | u | p",
			"postgresql://u:p@db/chat?application_name=my+app&connect_timeout=5 | jdbc:postgresql://db/chat?ApplicationName=my%20app&connectTimeout=5 | u | p",
			"postgresql+asyncpg://u:p@db/chat?prepared_statement_cache_size=0 | jdbc:postgresql://db/chat          | u | p",
			"postgresql://u:p@db/chat?options=-csearch_path%3Dadk | jdbc:postgresql://db/chat?options=-csearch_path%3Dadk | u | p",
			"postgresql://u:p@db/chat?target_session_attrs=read-write | jdbc:postgresql://db/chat?targetServerType=primary | u | p",
			"mysql://u:p@db/chat                             | jdbc:mysql://db/chat                               | u | p",
			"mysql+aiomysql://u:p@db:3307/chat               | jdbc:mysql://db:3307/chat                          | u | p",
			"mysql+pymysql://u:p@db/chat?charset=utf8mb4     | jdbc:mysql://db/chat                               | u | p",
			"mysql+asyncmy://u:p@db/chat?ssl=true            | jdbc:mysql://db/chat?sslMode=REQUIRED              | u | p",
			"mysql://u:p@db/chat?ssl_mode=verify_identity    | jdbc:mysql://db/chat?sslMode=VERIFY_IDENTITY       | u | p",
			"mysql+pymysql://u:p@db/chat?connect_timeout=10  | jdbc:mysql://db/chat?connectTimeout=10000          | u | p",
			"mariadb+asyncmy://u:p@db/chat                   | jdbc:mariadb://db/chat                             | u | p",
			"mariadb+pymysql://u:p@db/chat?ssl_verify_cert=true | jdbc:mariadb://db/chat?sslMode=verify-ca        | u | p",
			"mariadb://u:p@db/chat                           | jdbc:mariadb://db/chat                             | u | p",
			"sqlite:///chat.db                               | jdbc:sqlite:chat.db                                | - | -",
			"sqlite:////data/chat.db                         | jdbc:sqlite:/data/chat.db                          | - | -",
			"sqlite+aiosqlite:///./data/chat.db?timeout=5    | jdbc:sqlite:./data/chat.db                         | - | -",
			"sqlite+pysqlite:////data/chat.db                | jdbc:sqlite:/data/chat.db                          | - | -",
			"sqlite:///file:chat.db?uri=true                 | jdbc:sqlite:chat.db                                | - | -",
			"jdbc:sqlite:/data/chat.db                       | jdbc:sqlite:/data/chat.db                          | - | -",
			"jdbc:postgresql://db/chat?user=u&password=p&sslmode=require | jdbc:postgresql://db/chat?sslmode=require | u | p",
			"jdbc:postgresql://db/chat                       | jdbc:postgresql://db/chat                          | - | -",
			"jdbc:mysql://u:p@db/chat?useSSL=false           | jdbc:mysql://db/chat?useSSL=false                  | u | p",
			"jdbc:mariadb://db/chat?user=u&password=p%26q    | jdbc:mariadb://db/chat                             | u | p&q",
			"jdbc:h2:file:/data/chat;USER=sa;PASSWORD=p      | jdbc:h2:file:/data/chat                            | sa | p",
			"jdbc:h2:tcp://db/chat                           | jdbc:h2:tcp://db/chat                              | - | -" })
	void whatPeopleHaveIsUnderstood(String url, String jdbc, String user, String password) {
		DatabaseUrl read = DatabaseUrl.parse(url + "\n");
		assertThat(read.jdbc()).isEqualTo(jdbc);
		assertThat(read.user()).isEqualTo(user);
		assertThat(read.password()).isEqualTo(password);
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat.db", "postgresql:u:" + SECRET + "@db/chat", "nosuch://u:" + SECRET + "@db/chat",
			"postgresql://u:" + SECRET + "?x@db/chat", "postgresql://u:" + SECRET + "@db:port/chat",
			"postgresql://u:" + SECRET + "@db/a/b", "postgresql://u:" + SECRET + "@db/chat?sslmode=" + SECRET,
			"postgresql+asyncpg://u:" + SECRET + "@/chat?host=/cloudsql/project:region:instance",
			"postgresql://u:" + SECRET + "@%2Fcloudsql%2Fproject/chat",
			"mysql+pymysql://u:" + SECRET + "@/chat?unix_socket=/cloudsql/project:region:instance",
			"mysql+pymysql://u:" + SECRET + "@db/chat?ssl_ca=/ca.pem", "sqlite://", "sqlite:///:memory:",
			"sqlite://chat.db", "jdbc:h2:mem:chat", "jdbc:nosuch://u:" + SECRET + "@db/chat" })
	void whatCannotBeUsedIsRefusedWithoutBeingRepeated(String url) {
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> DatabaseUrl.parse(url))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spanner+spanner:///projects/p/instances/i/databases/d", "mssql+pyodbc://u:p@db/chat",
			"jdbc:oracle:thin:@db:1521/chat", "sqlite+pysqlcipher://:key@/chat.db" })
	void aProductThatCannotBeMigratedIsCalledUnsupported(String url) {
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> DatabaseUrl.parse(url))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.UNSUPPORTED_DATABASE));
	}

	@Test
	void aSocketIsAnsweredWithTheProxy() {
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> DatabaseUrl.parse("postgresql+asyncpg://u:p@/chat?host=/cloudsql/a:b:c"))
			.satisfies((ex) -> assertThat(ex.action()).contains("Cloud SQL Auth Proxy", "127.0.0.1:5432"));
	}

	@Test
	void theFileOfSqliteIsKnown() {
		assertThat(DatabaseUrl.parse("sqlite:////data/chat.db").file()).contains(Path.of("/data/chat.db"));
	}

	@Test
	void aUrlShowsNoCredentials() {
		assertThat(DatabaseUrl.parse("postgresql://u:" + SECRET + "@db/chat").password()).isEqualTo(SECRET);
		assertThat(DatabaseUrl.parse("postgresql://u:" + SECRET + "@db/chat")).asString().doesNotContain(SECRET);
	}

}
