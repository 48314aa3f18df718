package io.github.adkmigration.catalog;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnTypesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POSTGRESQL | character varying(128)         | varchar(128)
			POSTGRESQL | character varying              | varchar
			POSTGRESQL | timestamp without time zone    | timestamp
			POSTGRESQL | timestamp(6) with time zone    | timestamptz(6)
			POSTGRESQL | numeric(10,2)                  | numeric(10,2)
			POSTGRESQL | jsonb                          | jsonb
			MYSQL      | tinyint(1)                     | boolean
			MYSQL      | int unsigned                   | int unsigned
			MARIADB    | bigint(20)                     | bigint
			MARIADB    | datetime(6)                    | datetime(6)
			H2         | CHARACTER VARYING(128)         | varchar(128)
			H2         | CHARACTER LARGE OBJECT         | clob
			H2         | TIMESTAMP(6)                   | timestamp(6)
			SQLITE     | VARCHAR (128)                  | varchar(128)
			SQLITE     | DATETIME                       | datetime
			""")
	void everyDatabasesSpellingBecomesOne(DatabaseDialect dialect, String reported, String expected) {
		assertThat(ColumnTypes.normalise(dialect, reported)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					SQLITE     | INTEGER      | 0                    | ""                                        | INTEGER DEFAULT (0)
					POSTGRESQL | text         | 'a'::text            | ""                                        | text DEFAULT 'a'::text
					MYSQL      | varchar(9)   | it's                 | ""                                        | varchar(9) DEFAULT 'it''s'
					MYSQL      | datetime(6)  | CURRENT_TIMESTAMP(6) | DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6) | datetime(6) DEFAULT CURRENT_TIMESTAMP(6) on update CURRENT_TIMESTAMP(6)
					MYSQL      | json         | json_array(\\'a\\')  | DEFAULT_GENERATED                         | json DEFAULT (json_array('a'))
					MYSQL      | bit(1)       | b'0'                 | ""                                        | bit(1) DEFAULT b'0'
					MARIADB    | int(11)      | 3                    | ""                                        | int(11) DEFAULT 3
					MARIADB    | int(11)      | NULL                 | ""                                        | int(11)
					H2         | INTEGER      | 3                    | ""                                        | INTEGER DEFAULT 3
					""")
	void aDefaultComesBackAsAStatementDeclaresIt(DatabaseDialect dialect, String type, String value, String extra,
			String expected) {
		assertThat(ColumnTypes.definition(dialect, type, value, extra)).isEqualTo(expected);
	}

}
